package lazaret.vetting.gate.removal;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unconfirmed removals upstream.
///
/// @param open the crates, the longest suspected first; at most [RemovalRegister#MAX_OPEN]
/// @param massSince the moment from which so many crates vanished that no version is withdrawn
///   until a person confirms it; null if upstream is trusted
public record RemovalReport(List<SuspectedRemoval> open, @Nullable Instant massSince) {
  /// Copies the list.
  public RemovalReport {
    open = List.copyOf(open);
  }
}
