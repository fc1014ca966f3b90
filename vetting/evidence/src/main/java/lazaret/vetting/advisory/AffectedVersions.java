package lazaret.vetting.advisory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lazaret.vetting.crates.CrateVersion;

/// The affected versions of an advisory: those in a range and those in a list (OSV schema 1.7,
/// *Evaluation*).
///
/// @param ranges ranges in ascending order, none empty, with gaps between them
/// @param versions texts of listed versions
public record AffectedVersions(List<VersionRange> ranges, SortedSet<String> versions) {
  /// Every version.
  public static final AffectedVersions ALL =
      new AffectedVersions(List.of(VersionRange.ALL), new TreeSet<>());

  /// No version.
  public static final AffectedVersions NOTHING = new AffectedVersions(List.of(), new TreeSet<>());

  /// Sorts the ranges and joins those that touch, so that equal sets of versions are equal records.
  public AffectedVersions {
    ranges = Intervals.joined(ranges);
    versions =
        versions.isEmpty()
            ? Collections.emptySortedSet()
            : Collections.unmodifiableSortedSet(new TreeSet<>(versions));
  }

  /// Returns whether a version is affected. A listed version is compared with the exact text and
  /// with the text without build metadata.
  public boolean contains(CrateVersion version) {
    for (VersionRange range : ranges) {
      if (range.contains(version)) {
        return true;
      }
    }
    return !versions.isEmpty()
        && (versions.contains(version.text()) || versions.contains(version.withoutBuild().text()));
  }

  /// Returns whether a version can be affected by both.
  public boolean overlaps(AffectedVersions other) {
    return ranges.stream().anyMatch(r -> other.ranges.stream().anyMatch(r::overlaps))
        || versions.stream().anyMatch(v -> other.listsOrContains(v))
        || other.versions.stream().anyMatch(this::listsOrContains);
  }

  private boolean listsOrContains(String version) {
    return versions.contains(version)
        || (CrateVersion.isValid(version) && contains(CrateVersion.parse(version)));
  }

  /// Returns the versions that are affected by either.
  public AffectedVersions and(AffectedVersions other) {
    List<VersionRange> both = new ArrayList<>(ranges);
    both.addAll(other.ranges);
    SortedSet<String> listed = new TreeSet<>(versions);
    listed.addAll(other.versions);
    return new AffectedVersions(both, listed);
  }

  /// Returns the form for reports: `<1.2.5 or >=2.0.0, <2.1.0`, `0.3.10`, `no version`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    ranges.forEach(r -> parts.add(r.toString()));
    parts.addAll(versions);
    return parts.isEmpty() ? "no version" : String.join(" or ", parts);
  }
}
