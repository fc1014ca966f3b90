package lazaret.vetting.deskapi.review;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The artifact of one version.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param crate the bytes of the `.crate` file, in JSON as base64
public record ArtifactReply(CrateName name, CrateVersion version, Sha256 cksum, Bytes crate) {}
