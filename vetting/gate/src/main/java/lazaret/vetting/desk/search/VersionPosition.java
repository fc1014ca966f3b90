package lazaret.vetting.desk.search;

import java.util.Comparator;

/// The position of a version in a list by crate and version.
///
/// @param crate the collision key of the crate
/// @param version the exact text of the version
public record VersionPosition(String crate, String version) implements Comparable<VersionPosition> {
  private static final Comparator<VersionPosition> ORDER =
      Comparator.comparing(VersionPosition::crate).thenComparing(VersionPosition::version);

  /// Compares by crate, then by the text of the version; consistent with equality.
  @Override
  public int compareTo(VersionPosition other) {
    return ORDER.compare(this, other);
  }
}
