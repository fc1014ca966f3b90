package lazaret.vetting.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.inspect.source.Capability;

/// What the code of a crate can do, by where it runs.
///
/// @param held each pair of place and capability once, sorted by place and capability
public record Capabilities(List<Held> held) {
  /// No capabilities.
  public static final Capabilities NONE = new Capabilities(List.of());

  /// Sorts and copies the list.
  public Capabilities {
    held = held.stream().sorted().toList();
  }

  /// One capability.
  ///
  /// @param where its code runs
  /// @param what it is
  /// @param count how many places in the source show it, at least 1
  /// @param path of the source that shows it first; cut and made printable
  /// @param line from 1
  public record Held(Place where, Capability what, int count, String path, int line)
      implements Comparable<Held> {
    private static final Comparator<Held> ORDER =
        Comparator.comparing(Held::where)
            .thenComparing(Held::what)
            .thenComparingInt(Held::count)
            .thenComparing(Held::path)
            .thenComparingInt(Held::line);

    /// Makes foreign text harmless to print.
    public Held {
      path = Excerpt.of(path);
    }

    @Override
    public int compareTo(Held other) {
      return ORDER.compare(this, other);
    }

    /// Returns the form for reports: `build network (2)`.
    @Override
    public String toString() {
      return where + " " + what + " (" + count + ")";
    }
  }

  /// Returns whether some code has a capability.
  public boolean has(Place where, Capability what) {
    return held.stream().anyMatch(h -> h.where() == where && h.what() == what);
  }

  /// Returns the capabilities that another set has nowhere in the same place.
  public List<Held> without(Capabilities other) {
    return held.stream().filter(h -> !other.has(h.where(), h.what())).toList();
  }

  /// Returns the list in words; the empty text for none.
  @Override
  public String toString() {
    return held.stream().map(Held::toString).collect(Collectors.joining(", "));
  }
}
