package lazaret.vetting.deskapi.retention;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// An artifact that a rule removed. It is fetched again when a client requests it.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256
/// @param bytes the length in bytes
/// @param at the time of the removal
/// @param rule the rule that removed it
public record RemovedArtifactInfo(
    CrateName name, CrateVersion version, Sha256 cksum, long bytes, Instant at, String rule) {}
