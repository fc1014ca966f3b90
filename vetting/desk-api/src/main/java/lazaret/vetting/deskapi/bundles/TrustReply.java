package lazaret.vetting.deskapi.bundles;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The root by which bundles are verified, and the progress of imports.
///
/// @param trusted whether a root is pinned
/// @param root the file of the newest trusted root; null if no root is pinned
/// @param clockFloor the time at which the newest bundle was made; null before the first import
/// @param highWater the line that the last import printed; null before the first import
public record TrustReply(
    boolean trusted,
    @Nullable String root,
    @Nullable Instant clockFloor,
    @Nullable String highWater) {}
