package lazaret.vetting.gate.shares;

import java.time.Duration;
import java.util.Optional;

/// A limit on the requests to upstream that one request of a client causes. Stored data is served
/// regardless of it. Implementations are thread-safe and do not block.
public interface UpstreamLimit {
  /// The limit that permits everything.
  UpstreamLimit NONE = Optional::empty;

  /// Requests a permit immediately before a request to upstream.
  ///
  /// @return empty if it is permitted, or the time after which the client can ask again
  Optional<Duration> take();
}
