package lazaret.vetting.deskapi.requests;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A person who asked for a version.
///
/// @param by the owner of the token; `-@` and the address for a client without one
/// @param reason the reason in the person's own words, as given last
/// @param project the project that needs the version; null if none was named
/// @param lockfile the path of the lockfile that names the version; null if none was named
/// @param count the number of times that the person asked
/// @param first the time of the first request
/// @param last the time of the last request
public record NamedRequesterInfo(
    String by,
    String reason,
    @Nullable String project,
    @Nullable String lockfile,
    long count,
    Instant first,
    Instant last) {}
