package lazaret.vetting.desk.search;

import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// A part of the list of versions that are in use and not served.
///
/// @param lines the versions, by crate and version
/// @param next the position after which the next part begins; null after the last part
/// @param checked the number of versions in use that were evaluated for this part
public record InventoryPart(List<Line> lines, @Nullable VersionPosition next, long checked) {
  public InventoryPart {
    lines = List.copyOf(lines);
  }

  /// A version that is in use and not served.
  ///
  /// @param name the crate as published
  /// @param version the version
  /// @param verdict the verdict; null if the stored index does not list the version
  /// @param lockfiles the number of submitted lockfiles that contain it
  /// @param names names of these lockfiles, at most [InventorySearch#MAX_NAMES]
  /// @param downloads the number of downloads
  /// @param last the day of the last download or submission, in UTC
  /// @param stored the length of its stored artifact in bytes; null if it is not stored
  public record Line(
      CrateName name,
      CrateVersion version,
      @Nullable Verdict verdict,
      long lockfiles,
      List<String> names,
      long downloads,
      LocalDate last,
      @Nullable Long stored) {
    public Line {
      names = List.copyOf(names);
    }
  }
}
