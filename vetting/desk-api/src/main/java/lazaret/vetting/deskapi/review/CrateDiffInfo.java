package lazaret.vetting.deskapi.review;

import java.util.List;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The difference of two artifacts.
///
/// @param base the version that is compared; null if the difference is the whole crate
/// @param stat the size of the difference
/// @param truncated whether some files are not shown line by line
/// @param files the files that differ, in the order in which to read them
public record CrateDiffInfo(
    @Nullable CrateVersion base, DiffStatInfo stat, boolean truncated, List<FileDiffInfo> files) {
  public CrateDiffInfo {
    files = List.copyOf(files);
  }
}
