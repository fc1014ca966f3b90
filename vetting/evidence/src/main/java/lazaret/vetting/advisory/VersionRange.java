package lazaret.vetting.advisory;

import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A half-open range of versions by SemVer precedence. Pre-releases are ordered between releases,
/// and build metadata is ignored. The requirements of cargo are not ranges in this sense, since
/// they refuse pre-releases unless one is named.
///
/// Source: SemVer 2.0.0, clause 11; OSV schema 1.7, *affected[].ranges[].events*.
///
/// @param introduced first version in the range; null if the range has no start
/// @param fixed first version after the range; null if the range has no end
public record VersionRange(@Nullable CrateVersion introduced, @Nullable CrateVersion fixed) {
  /// Every version.
  public static final VersionRange ALL = new VersionRange(null, null);

  /// Returns whether a version is in the range.
  public boolean contains(CrateVersion version) {
    return (introduced == null || version.comparePrecedence(introduced) >= 0)
        && (fixed == null || version.comparePrecedence(fixed) < 0);
  }

  /// Returns whether the range can contain no version.
  public boolean isEmpty() {
    return introduced != null && fixed != null && introduced.comparePrecedence(fixed) >= 0;
  }

  /// Returns whether a version can be in both ranges.
  public boolean overlaps(VersionRange other) {
    return startsBefore(introduced, other.fixed) && startsBefore(other.introduced, fixed);
  }

  private static boolean startsBefore(@Nullable CrateVersion start, @Nullable CrateVersion end) {
    return start == null || end == null || start.comparePrecedence(end) < 0;
  }

  /// Returns the form for reports: `>=1.2.0, <1.2.5`, `<1.2.5`, `>=1.2.0`, `all versions`.
  @Override
  public String toString() {
    if (introduced == null) {
      return fixed == null ? "all versions" : "<" + fixed;
    }
    return fixed == null ? ">=" + introduced : ">=" + introduced + ", <" + fixed;
  }
}
