package lazaret.vetting.deskapi.search;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version in the result of a search.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param verdict the verdict
/// @param stored whether the artifact is in the store
public record VersionHitInfo(
    CrateName name, CrateVersion version, Sha256 cksum, VerdictInfo verdict, boolean stored) {}
