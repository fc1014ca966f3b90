package lazaret.vetting.deskapi.search;

import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// A version that is in use and not served.
///
/// @param name the crate
/// @param version the version
/// @param verdict the verdict; null if the stored index does not list the version
/// @param lockfiles the number of submitted lockfiles that contain it
/// @param names names of these lockfiles, at most 3
/// @param downloads the number of downloads
/// @param last the day of the last download or submission, in UTC
/// @param stored the length of its stored artifact in bytes; null if it is not stored
public record InventoryVersionInfo(
    CrateName name,
    CrateVersion version,
    @Nullable VerdictInfo verdict,
    long lockfiles,
    List<String> names,
    long downloads,
    LocalDate last,
    @Nullable Long stored) {
  public InventoryVersionInfo {
    names = List.copyOf(names);
  }
}
