package lazaret.vetting.inspect;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.Excerpt;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.text.Printable;

/// The table of all lines in the sources of a crate that show its capabilities.
///
/// [Capabilities] has the first place of each. These are computed from the bytes of an artifact by
/// [Inspector#capabilityTable] when a reviewer requests them, and are not stored.
///
/// @param entries each pair of execution context and capability once, in this order
/// @param contexts the places in which code of the crate runs, with or without capabilities
/// @param whole whether all sources were read to their end
public record CapabilityTable(List<Entry> entries, Set<ExecutionContext> contexts, boolean whole) {
  /// The maximum number of places of one capability in one source.
  public static final int MAX_OF_SOURCE = 1_000;

  /// The maximum number of places of one crate, in addition to the first few of each source.
  public static final int MAX_OF_CRATE = 20_000;

  /// No places, of an artifact that could not be read.
  public static final CapabilityTable NONE = new CapabilityTable(List.of(), Set.of(), false);

  /// Sorts and copies the collections.
  public CapabilityTable {
    contexts = Set.copyOf(contexts);
    entries =
        entries.stream()
            .sorted(Comparator.comparing(Entry::where).thenComparing(Entry::what))
            .toList();
  }

  /// One capability of the code that runs in one place.
  ///
  /// @param where the place in which the code runs
  /// @param what the capability
  /// @param count the number of occurrences in the sources, at least 1
  /// @param locations the lines that show it, by path and line
  public record Entry(
      ExecutionContext where, Capability what, int count, List<Location> locations) {
    private static final Comparator<Location> ORDER =
        Comparator.comparing(Location::path)
            .thenComparingInt(Location::line)
            .thenComparing(Location::excerpt);

    /// Sorts and copies the list.
    public Entry {
      locations = locations.stream().sorted(ORDER).toList();
    }

    /// Returns whether the list has a line for every occurrence.
    public boolean complete() {
      return locations.stream().mapToLong(Location::occurrences).sum() >= count;
    }
  }

  /// A line that shows a capability.
  ///
  /// @param path the path of the source below the crate's folder, made printable
  /// @param line the line, from 1
  /// @param excerpt the line or a description of the occurrence; shortened and made printable
  /// @param occurrences the number of occurrences on the line, at least 1
  /// @param content the text of the whole line with single spaces, or its SHA-256 if it is long;
  ///   equal for lines that differ in spaces alone
  /// @param context the lines around it
  public record Location(
      String path,
      int line,
      String excerpt,
      int occurrences,
      String content,
      ContextLines context) {
    /// Makes path and excerpt printable, since they come from the crate.
    public Location {
      path = Printable.line(path);
      excerpt = Excerpt.of(excerpt);
    }
  }

  /// The lines before and after a line, in the form of `content`. They distinguish equal lines.
  ///
  /// @param before the line before; empty if there is none
  /// @param after the line after; empty if there is none
  public record ContextLines(String before, String after) {}

  /// Returns the places of a capability, or empty if the code does not have it.
  public Optional<Entry> find(ExecutionContext where, Capability what) {
    return entries.stream().filter(e -> e.where() == where && e.what() == what).findFirst();
  }
}
