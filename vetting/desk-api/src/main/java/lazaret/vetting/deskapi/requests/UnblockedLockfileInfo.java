package lazaret.vetting.deskapi.requests;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// A known lockfile as it would be after a decision to serve some versions.
///
/// @param sha256 the SHA-256 of its text
/// @param name the name that its last sender gave it; null if none was given
/// @param token the token of its last sender; null if there was none
/// @param last the time at which it was sent last
/// @param unblocked the number of the versions that it contains and that are withheld now
/// @param passes whether each of its packages from the registry would be served
/// @param rest the packages that would still not be served
public record UnblockedLockfileInfo(
    Sha256 sha256,
    @Nullable String name,
    @Nullable String token,
    Instant last,
    long unblocked,
    boolean passes,
    @Inline StillWithheldInfo rest) {}
