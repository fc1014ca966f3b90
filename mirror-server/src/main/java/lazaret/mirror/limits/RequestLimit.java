package lazaret.mirror.limits;

import java.time.Duration;
import java.util.Optional;
import lazaret.mirror.clients.Client;
import lazaret.vetting.gate.shares.UpstreamLimit;
import org.jspecify.annotations.Nullable;

/// The limit on requests to upstream for one request of a client. The first one takes the units of
/// [RequestWeight#UPSTREAM]; its result is valid for all others. Thread-safe.
public final class RequestLimit implements UpstreamLimit {
  private final ClientLimits limits;
  private final Client client;
  private boolean asked;
  private ClientLimits.@Nullable Refused refused;

  RequestLimit(ClientLimits limits, Client client) {
    this.limits = limits;
    this.client = client;
  }

  @Override
  public synchronized Optional<Duration> take() {
    if (!asked) {
      asked = true;
      refused = limits.take(client, RequestWeight.UPSTREAM, 1).orElse(null);
    }
    return refused().map(ClientLimits.Refused::retryAfter);
  }

  /// Returns the refusal of a request to upstream; empty if none was refused.
  public synchronized Optional<ClientLimits.Refused> refused() {
    return Optional.ofNullable(refused);
  }
}
