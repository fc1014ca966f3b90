package lazaret.vetting.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.inspect.source.Capability;

/// The capabilities of the code of a crate, by the place in which the code runs.
///
/// @param stored each pair of place and capability once, sorted by place and capability
public record Capabilities(List<Entry> stored) {
  /// An empty set of capabilities.
  public static final Capabilities NONE = new Capabilities(List.of());

  /// Sorts and copies the list.
  public Capabilities {
    stored = stored.stream().sorted().toList();
  }

  /// One capability of the code that runs in one place.
  ///
  /// @param where the place in which the code runs
  /// @param what the capability
  /// @param count the number of occurrences in the sources, at least 1
  /// @param path the path of the source with the first occurrence; shortened and made printable
  /// @param line the line of the first occurrence, from 1
  public record Entry(ExecutionContext where, Capability what, int count, String path, int line)
      implements Comparable<Entry> {
    private static final Comparator<Entry> ORDER =
        Comparator.comparing(Entry::where)
            .thenComparing(Entry::what)
            .thenComparingInt(Entry::count)
            .thenComparing(Entry::path)
            .thenComparingInt(Entry::line);

    /// Makes the path printable, since it comes from the crate.
    public Entry {
      path = Excerpt.of(path);
    }

    @Override
    public int compareTo(Entry other) {
      return ORDER.compare(this, other);
    }

    /// Returns the form for reports: `build network (2)`.
    @Override
    public String toString() {
      return where + " " + what + " (" + count + ")";
    }
  }

  /// Returns whether the code of a place has a capability.
  public boolean has(ExecutionContext where, Capability what) {
    return stored.stream().anyMatch(h -> h.where() == where && h.what() == what);
  }

  /// Returns the capabilities that the other set does not have in the same place.
  public List<Entry> without(Capabilities other) {
    return stored.stream().filter(h -> !other.has(h.where(), h.what())).toList();
  }

  /// Returns the list in words, or the empty text if there are no capabilities.
  @Override
  public String toString() {
    return stored.stream().map(Entry::toString).collect(Collectors.joining(", "));
  }
}
