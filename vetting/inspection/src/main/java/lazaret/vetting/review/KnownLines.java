package lazaret.vetting.review;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.review.CapabilityChange.Place;

/// The lines of a base that show one capability, each of which explains one line of a later
/// version. A line with the same content explains it: first one of the same file with the same
/// lines around it, then one with the same line before or after it, then any of the file, then one
/// of another file. A copy of a line is new, since the base has it fewer times. Used once; not
/// thread-safe.
final class KnownLines {
  /// The keys by which lines explain each other, the most exact first.
  private static final List<Function<Location, String>> KEYS =
      List.of(
          line -> place(line) + "\n" + line.context().before() + "\n" + line.context().after(),
          line -> place(line) + "\n" + line.context().before(),
          line -> place(line) + "\n" + line.context().after(),
          KnownLines::place,
          Location::content);

  private final List<Map<String, Deque<Known>>> levels = new ArrayList<>();

  /// A line of the base.
  private static final class Known {
    /// The occurrences that explain no line yet.
    private int left;

    private Known(int left) {
      this.left = left;
    }

    private int take(int wanted) {
      int taken = Math.min(wanted, left);
      left -= taken;
      return taken;
    }
  }

  /// @param known the lines of the base
  KnownLines(List<Location> known) {
    KEYS.forEach(_ -> levels.add(new HashMap<>()));
    for (Location line : known) {
      Known one = new Known(line.occurrences());
      for (int i = 0; i < KEYS.size(); i++) {
        String key = KEYS.get(i).apply(line);
        levels.get(i).computeIfAbsent(key, _ -> new ArrayDeque<>()).add(one);
      }
    }
  }

  private static String place(Location line) {
    return line.path() + "\n" + line.content();
  }

  /// Returns the lines of the later version in their order, with the mark of new ones.
  List<Place> mark(List<Location> lines) {
    int[] open = lines.stream().mapToInt(Location::occurrences).toArray();
    for (int level = 0; level < KEYS.size(); level++) {
      for (int i = 0; i < open.length; i++) {
        Deque<Known> same = levels.get(level).get(KEYS.get(level).apply(lines.get(i)));
        open[i] -= same == null ? 0 : take(same, open[i]);
      }
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < open.length; i++) {
      places.add(new Place(lines.get(i), open[i] > 0));
    }
    return places;
  }

  /// Takes occurrences out of lines of the base and returns their number.
  private static int take(Deque<Known> same, int wanted) {
    int taken = 0;
    while (taken < wanted && !same.isEmpty()) {
      Known first = same.getFirst();
      taken += first.take(wanted - taken);
      if (first.left == 0) {
        same.removeFirst();
      }
    }
    return taken;
  }
}
