package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import lazaret.vetting.ErrorCode;

/// The last failed attempt to fetch an artifact.
///
/// @param at the time of the attempt
/// @param code `bytes-missing`, `upstream-unavailable` or `cksum-mismatch`
/// @param detail one sentence with the cause
public record FetchFailureInfo(Instant at, ErrorCode code, String detail) {}
