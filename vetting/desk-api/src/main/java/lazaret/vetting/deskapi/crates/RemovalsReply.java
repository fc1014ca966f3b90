package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The removals of versions upstream that are not confirmed.
///
/// @param massSince the time since which a mass removal blocks withdrawals until a person confirms
///   it; null otherwise
/// @param removals the crates of which upstream no longer lists versions
public record RemovalsReply(@Nullable Instant massSince, List<RemovalInfo> removals) {
  public RemovalsReply {
    removals = List.copyOf(removals);
  }
}
