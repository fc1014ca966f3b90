package lazaret.vetting.gate.store;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;

/// The evidence of an artifact that retention removed. Bytes that are fetched again are compared
/// with it. The findings of the artifact stay stored.
///
/// @param id the version and the SHA-256 of its bytes
/// @param bytes the number of its bytes
/// @param at the time of the removal
/// @param rule the name of the rule that removed it
public record RemovedArtifact(CrateId id, long bytes, Instant at, String rule) {}
