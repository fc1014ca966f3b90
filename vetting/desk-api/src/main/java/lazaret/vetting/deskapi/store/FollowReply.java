package lazaret.vetting.deskapi.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of following the registry.
///
/// @param mode the crates whose artifacts are fetched ahead
/// @param currentUntil the moment up to which all releases of known crates are stored; null before
///   the first time
/// @param gap whether announcements of the registry were missed, so that known crates are requested
///   one by one
/// @param phase the work in progress on this server; null if there is none
/// @param done the completed steps of this work
/// @param total the number of its steps; 0 if it is unknown
/// @param finish the estimated end of this work; null if it is unknown
/// @param artifacts the number of artifacts that were fetched ahead since the start of this server
/// @param requestsToday the requests since midnight UTC
/// @param bytesToday the bytes received since midnight UTC
/// @param bytesLeft the bytes that may still be received until midnight UTC; null without a limit
/// @param trouble why the last attempt failed; null if it succeeded
public record FollowReply(
    FollowMode mode,
    @Nullable Instant currentUntil,
    boolean gap,
    @Nullable String phase,
    long done,
    long total,
    @Nullable Instant finish,
    long artifacts,
    long requestsToday,
    long bytesToday,
    @Nullable Long bytesLeft,
    @Nullable String trouble) {}
