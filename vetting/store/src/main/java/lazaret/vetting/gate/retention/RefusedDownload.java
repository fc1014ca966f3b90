package lazaret.vetting.gate.retention;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;

/// A download that was refused.
///
/// @param request id that the refusal carries
/// @param id the version
/// @param at time of the refusal
public record RefusedDownload(String request, CrateId id, Instant at) {}
