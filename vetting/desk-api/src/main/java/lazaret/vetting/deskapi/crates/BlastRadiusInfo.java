package lazaret.vetting.deskapi.crates;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// The clients and lockfiles that have a version.
///
/// @param name the crate
/// @param version the version
/// @param holders the clients that downloaded it
/// @param more the number of clients that are not listed
/// @param lockfiles the lockfiles that name it, as far as they were sent to this server
/// @param complete whether all downloads were read; otherwise those before the limit are missing in
///   all numbers
public record BlastRadiusInfo(
    CrateName name,
    CrateVersion version,
    List<HolderInfo> holders,
    long more,
    List<LockfileHolderInfo> lockfiles,
    boolean complete) {
  public BlastRadiusInfo {
    holders = List.copyOf(holders);
    lockfiles = List.copyOf(lockfiles);
  }
}
