package lazaret.vetting.deskapi.crates;

import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// One version in the list of a crate.
///
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param verdict the verdict at the time of the request
/// @param served whether clients get the version
/// @param yanked whether the index marks the version as yanked
/// @param stored whether the artifact is in the store
public record CrateVersionInfo(
    CrateVersion version,
    Sha256 cksum,
    VerdictInfo verdict,
    boolean served,
    boolean yanked,
    boolean stored) {}
