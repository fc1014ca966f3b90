package lazaret.vetting.advisory;

import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// Versions from one to before another, by SemVer precedence: pre-releases lie in order between
/// releases and build metadata does not count. Cargo's requirements are not ranges in this sense,
/// since they refuse pre-releases that nobody asked for.
///
/// Source: SemVer 2.0.0, clause 11; OSV schema 1.7, *affected[].ranges[].events*.
///
/// @param introduced the first version within, or null where the range has no beginning
/// @param fixed the first version behind, or null where the range has no end
public record VersionRange(@Nullable CrateVersion introduced, @Nullable CrateVersion fixed) {
  /// Every version.
  public static final VersionRange ALL = new VersionRange(null, null);

  /// Tells whether a version lies within.
  public boolean contains(CrateVersion version) {
    return (introduced == null || version.comparePrecedence(introduced) >= 0)
        && (fixed == null || version.comparePrecedence(fixed) < 0);
  }

  /// Tells whether no version can lie within.
  public boolean isEmpty() {
    return introduced != null && fixed != null && introduced.comparePrecedence(fixed) >= 0;
  }

  /// Tells whether some version can lie within both.
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
