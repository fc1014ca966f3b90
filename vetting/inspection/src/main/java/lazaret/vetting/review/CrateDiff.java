package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The difference between two artifacts of one crate, or one whole artifact.
///
/// @param name name of the crate as published
/// @param base version that it is compared with; null if the whole version must be read
/// @param version the reviewed version
/// @param files files that differ, in reading order: by [FileRole], then by path
/// @param stat amount of text to read
public record CrateDiff(
    CrateName name,
    @Nullable CrateVersion base,
    CrateVersion version,
    List<FileDiff> files,
    DiffStat stat) {
  /// Copies the list.
  public CrateDiff {
    files = List.copyOf(files);
  }

  /// Compares two artifacts. The contents of changed files of both are in memory, within
  /// [DiffLimits#heldBytes()]. Each archive is read twice.
  ///
  /// @param base artifact that the reviewer knows already; null if there is none
  /// @param crate the reviewed artifact
  /// @param inspect limits on foreign archives
  /// @param limits limits of the comparison
  /// @throws MalformedException if an archive breaks the rules of archives. It is never served, and
  ///   its comparison would mislead, because readers disagree about its content
  public static CrateDiff between(
      @Nullable CrateArchive base, CrateArchive crate, InspectLimits inspect, DiffLimits limits) {
    List<FileDiff> files = new CrateComparison(base, crate, inspect, limits).run();
    DiffStat stat = files.stream().map(FileDiff::stat).reduce(DiffStat.NONE, DiffStat::plus);
    return new CrateDiff(
        crate.name(), base == null ? null : base.version(), crate.version(), files, stat);
  }

  /// Returns whether a part of the difference is not shown line by line.
  public boolean cut() {
    return files.stream()
        .anyMatch(f -> f.form() != FileDiff.Form.LINES && f.form() != FileDiff.Form.SAME_BYTES);
  }
}
