package lazaret.vetting.deskapi.lockfiles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version that matches a requirement.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param yanked whether the index marks the version as yanked
/// @param verdict the verdict
public record RequiredVersionInfo(
    CrateName name, CrateVersion version, Sha256 cksum, boolean yanked, VerdictInfo verdict) {}
