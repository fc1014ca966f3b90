package lazaret.vetting.review;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.inspect.CapabilityTable.Location;
import lazaret.vetting.review.CapabilityChange.Place;

/// The lines of a base that show one capability, each of which explains one line of a later
/// version. A line with the same content explains it in the same file first, then in another one. A
/// copy of a line is new, since the base has it fewer times. Used once; not thread-safe.
final class KnownLines {
  private final Map<String, Integer> inFile = new HashMap<>();
  private final Map<String, Integer> anywhere = new HashMap<>();

  /// @param known the lines of the base
  KnownLines(List<Location> known) {
    for (Location line : known) {
      inFile.merge(place(line), line.occurrences(), Integer::sum);
      anywhere.merge(line.content(), line.occurrences(), Integer::sum);
    }
  }

  private static String place(Location line) {
    return line.path() + "\n" + line.content();
  }

  /// Returns the lines of the later version in their order, with the mark of new ones.
  List<Place> mark(List<Location> lines) {
    List<Integer> open = new ArrayList<>();
    for (Location line : lines) {
      int taken = take(inFile, KnownLines::place, line, line.occurrences());
      anywhere.merge(line.content(), -taken, Integer::sum);
      open.add(line.occurrences() - taken);
    }
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Location line = lines.get(i);
      int taken = take(anywhere, Location::content, line, open.get(i));
      places.add(new Place(line, taken < open.get(i)));
    }
    return places;
  }

  /// Takes occurrences of a line out of those of the base and returns their number.
  private static int take(
      Map<String, Integer> from, Function<Location, String> key, Location line, int wanted) {
    int taken = Math.min(wanted, from.getOrDefault(key.apply(line), 0));
    from.merge(key.apply(line), -taken, Integer::sum);
    return taken;
  }
}
