package lazaret.vetting.review;

import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.inspect.CrateArchive;
import lazaret.vetting.inspect.InspectLimits;
import org.jspecify.annotations.Nullable;

/// The difference between two artefacts of one crate, or one artefact as a whole.
///
/// @param name the crate, as published
/// @param base the version that it is compared with; null where all of it is to be read
/// @param version the reviewed version
/// @param files what became of each file that is not the same, what is to be read first coming
///   first: by [FilePart], then by path
/// @param stat how much there is to read
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

  /// Compares two artefacts. Holds the contents of changed files of both within
  /// [DiffLimits#heldBytes()], and each archive is walked through twice.
  ///
  /// @param base what the reviewer knows already; null where nothing
  /// @param inspect limits on foreign archives
  /// @throws MalformedException if an archive breaks the rules of archives: such a one is never
  ///   served, and comparing what readers disagree about would mislead
  public static CrateDiff between(
      @Nullable CrateArchive base, CrateArchive crate, InspectLimits inspect, DiffLimits limits) {
    List<FileDiff> files = new CrateComparison(base, crate, inspect, limits).run();
    DiffStat stat = files.stream().map(FileDiff::stat).reduce(DiffStat.NONE, DiffStat::plus);
    return new CrateDiff(
        crate.name(), base == null ? null : base.version(), crate.version(), files, stat);
  }

  /// Tells whether some of it is not shown line by line.
  public boolean cut() {
    return files.stream()
        .anyMatch(f -> f.form() != FileDiff.Form.LINES && f.form() != FileDiff.Form.SAME_BYTES);
  }
}
