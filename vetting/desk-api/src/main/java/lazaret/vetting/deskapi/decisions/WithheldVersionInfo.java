package lazaret.vetting.deskapi.decisions;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version that is not served, with its verdict.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param verdict the verdict
public record WithheldVersionInfo(
    CrateName name, CrateVersion version, Sha256 cksum, VerdictInfo verdict) {}
