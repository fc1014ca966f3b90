package lazaret.vetting.deskapi.retention;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The progress of the scrub, which hashes each stored artifact once a round.
///
/// @param begun the begin of the last round
/// @param ended its end; null while it runs
/// @param artifacts the number of artifacts that it hashed
/// @param bytes their length together
/// @param damaged the number of damaged ones, which were dropped
public record ScrubInfo(
    Instant begun, @Nullable Instant ended, long artifacts, long bytes, long damaged) {}
