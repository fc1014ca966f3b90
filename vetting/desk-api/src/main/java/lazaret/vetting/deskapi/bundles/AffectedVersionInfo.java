package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A withdrawn version, with the number of its holders.
///
/// @param name the crate
/// @param version the version
/// @param holders the number of clients that downloaded it
/// @param lockfiles the number of lockfiles that name it
public record AffectedVersionInfo(
    CrateName name, CrateVersion version, long holders, long lockfiles) {}
