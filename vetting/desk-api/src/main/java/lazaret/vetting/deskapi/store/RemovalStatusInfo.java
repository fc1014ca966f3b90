package lazaret.vetting.deskapi.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The number of removals upstream that are not confirmed.
///
/// @param open the number of crates
/// @param massSince the time since which a mass removal blocks withdrawals; null if there is none
public record RemovalStatusInfo(long open, @Nullable Instant massSince) {}
