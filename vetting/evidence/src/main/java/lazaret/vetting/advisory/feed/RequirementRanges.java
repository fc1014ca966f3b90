package lazaret.vetting.advisory.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.advisory.AffectedVersions;
import lazaret.vetting.advisory.Intervals;
import lazaret.vetting.advisory.VersionRange;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// Requirements of advisories as ranges. [VersionReq#matches] is not suitable: it refuses
/// pre-releases, so that a requirement and its opposite both exclude `1.2.0-rc.1`.
///
/// A bound that excludes its version becomes one that includes the next possible version: `1.2.4-0`
/// after `1.2.3`, `1.2.3-rc.1.0` after `1.2.3-rc.1`. No version lies between them. Omitted numbers
/// count as zero (`> 0` starts after 0.0.0), except with `^`, `~` and `*`, which define the open
/// numbers.
///
/// Source: the `rustsec` crate, `osv::unaffected_range`, whose results are the oracle of the tests.
/// It has neither `~` nor `*`, which have cargo's meaning here.
final class RequirementRanges {
  private RequirementRanges() {}

  /// Returns the versions that no requirement permits: those outside of RustSec's `patched` and
  /// `unaffected` together.
  static AffectedVersions allBut(List<VersionReq> unaffected) {
    return new AffectedVersions(
        Intervals.complement(unaffected.stream().map(RequirementRanges::of).toList()), NONE_LISTED);
  }

  /// Returns the versions that any requirement permits; all versions if there are no requirements.
  static AffectedVersions any(List<VersionReq> affected) {
    return affected.isEmpty()
        ? AffectedVersions.ALL
        : new AffectedVersions(affected.stream().map(RequirementRanges::of).toList(), NONE_LISTED);
  }

  private static final SortedSet<String> NONE_LISTED = new TreeSet<>();

  /// Returns the versions that a requirement permits.
  static VersionRange of(VersionReq req) {
    VersionRange range = VersionRange.ALL;
    for (VersionReq.Comparator comparator : req.comparators()) {
      range = both(range, of(comparator));
    }
    return range;
  }

  private static VersionRange both(VersionRange one, VersionRange other) {
    List<CrateVersion> starts = new ArrayList<>(2);
    List<CrateVersion> ends = new ArrayList<>(2);
    for (VersionRange range : List.of(one, other)) {
      if (range.introduced() != null) {
        starts.add(range.introduced());
      }
      if (range.fixed() != null) {
        ends.add(range.fixed());
      }
    }
    return new VersionRange(
        starts.stream().max(CrateVersion::comparePrecedence).orElse(null),
        ends.stream().min(CrateVersion::comparePrecedence).orElse(null));
  }

  private static VersionRange of(VersionReq.Comparator c) {
    CrateVersion stated = version(c.major(), orZero(c.minor()), orZero(c.patch()), c.preRelease());
    return switch (c.op()) {
      case EXACT -> new VersionRange(stated, after(stated));
      case GREATER -> {
        CrateVersion next = after(stated);
        // No version follows the largest one.
        yield next == null ? new VersionRange(stated, stated) : new VersionRange(next, null);
      }
      case GREATER_EQ -> new VersionRange(stated, null);
      case LESS -> new VersionRange(null, stated);
      case LESS_EQ -> new VersionRange(null, after(stated));
      case CARET -> new VersionRange(stated, caretEnd(c));
      case TILDE, WILDCARD -> new VersionRange(stated, tildeEnd(c));
    };
  }

  /// Returns the end of a caret requirement. `-0` is the lowest pre-release; without it, `^1.0.0`
  /// would include 2.0.0-alpha.1.
  private static @Nullable CrateVersion caretEnd(VersionReq.Comparator c) {
    Long minor = c.minor();
    if (c.major() != 0 || minor == null) {
      return firstOf(c.major(), 0, 0, Bound.MAJOR);
    }
    Long patch = c.patch();
    if (minor != 0 || patch == null) {
      return firstOf(0, minor, 0, Bound.MINOR);
    }
    return firstOf(0, 0, patch, Bound.PATCH);
  }

  private static @Nullable CrateVersion tildeEnd(VersionReq.Comparator c) {
    Long minor = c.minor();
    return minor == null
        ? firstOf(c.major(), 0, 0, Bound.MAJOR)
        : firstOf(c.major(), minor, 0, Bound.MINOR);
  }

  /// Returns the next possible version in precedence, or null if there is none.
  static @Nullable CrateVersion after(CrateVersion version) {
    return version.isPreRelease()
        ? version(version.major(), version.minor(), version.patch(), version.preRelease() + ".0")
        : firstOf(version.major(), version.minor(), version.patch(), Bound.PATCH);
  }

  private enum Bound {
    MAJOR,
    MINOR,
    PATCH
  }

  /// Returns the first pre-release after all versions with the same numbers up to a position. Null
  /// if there is none after the largest number (2^64 - 1).
  private static @Nullable CrateVersion firstOf(long major, long minor, long patch, Bound grows) {
    return switch (grows) {
      case PATCH ->
          patch == -1L
              ? firstOf(major, minor, 0, Bound.MINOR)
              : version(major, minor, patch + 1, "0");
      case MINOR ->
          minor == -1L ? firstOf(major, 0, 0, Bound.MAJOR) : version(major, minor + 1, 0, "0");
      case MAJOR -> major == -1L ? null : version(major + 1, 0, 0, "0");
    };
  }

  private static CrateVersion version(long major, long minor, long patch, String preRelease) {
    String numbers =
        Long.toUnsignedString(major)
            + '.'
            + Long.toUnsignedString(minor)
            + '.'
            + Long.toUnsignedString(patch);
    return CrateVersion.parse(preRelease.isEmpty() ? numbers : numbers + '-' + preRelease);
  }

  private static long orZero(@Nullable Long number) {
    return number == null ? 0 : number;
  }
}
