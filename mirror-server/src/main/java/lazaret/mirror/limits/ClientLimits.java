package lazaret.mirror.limits;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import lazaret.mirror.clients.Client;
import lazaret.mirror.config.MirrorConfig;

/// The rate limits of all clients. A client with a valid session is limited by its person, one with
/// a valid token by its token, any other one by its address: an IPv4 address or an IPv6 /64 block.
/// Thread-safe; never blocks.
public final class ClientLimits {
  private final MirrorConfig.Limits settings;
  private final RateLimit tokens;
  private final RateLimit addresses;
  private final RateLimit submissions;
  private final Map<RequestWeight, LongAdder> refused = new EnumMap<>(RequestWeight.class);

  /// A refusal of a request.
  ///
  /// @param weight the kind of the request
  /// @param limit the exceeded limit and its client, such as `20 requests for versions an hour of
  ///   the address 192.0.2.7`
  /// @param retryAfter the time until the limit permits the same request
  public record Refused(RequestWeight weight, String limit, Duration retryAfter) {}

  /// Creates limits without clients.
  ///
  /// @param nanos a clock in nanoseconds that never goes back
  public ClientLimits(MirrorConfig.Limits settings, LongSupplier nanos) {
    this.settings = settings;
    this.tokens = new RateLimit(perSecond(settings.token()), nanos);
    this.addresses = new RateLimit(perSecond(settings.address()), nanos);
    int hourly = settings.submissionsPerHour();
    this.submissions =
        new RateLimit(new RateLimit.Rate(hourly, Duration.ofHours(1), Math.max(1, hourly)), nanos);
    for (RequestWeight weight : RequestWeight.values()) {
      refused.put(weight, new LongAdder());
    }
  }

  private static RateLimit.Rate perSecond(MirrorConfig.ClientRate rate) {
    return new RateLimit.Rate(rate.unitsPerSecond(), Duration.ofSeconds(1), rate.burst());
  }

  /// Takes the units of a request from the limits of its client.
  ///
  /// @param weight the kind of the request; [RequestWeight#READ] is free unless the configuration
  ///   counts reads
  /// @param count the number of such requests that it counts as
  /// @return empty if the request is permitted
  public Optional<Refused> take(Client client, RequestWeight weight, int count) {
    if (count == 0 || (weight == RequestWeight.READ && !settings.countReads())) {
      return Optional.empty();
    }
    int units = weight.units() * count;
    Optional<Duration> pause =
        switch (weight) {
          case SUBMISSION -> submissions.take(client.sourceKey(), units);
          case READ, UPSTREAM, DESK, SIGN_IN, PUBLISH ->
              (client.isAuthenticated() ? tokens : addresses).take(client.key(), units);
        };
    return pause.map(
        left -> {
          counter(weight).increment();
          return new Refused(weight, limit(client, weight), left);
        });
  }

  /// Takes the units of an operation of the desk.
  ///
  /// @param queries the units of the query budget that it uses
  /// @param submission whether it requests a version for a person who is not signed in
  /// @return empty if the operation is permitted
  public Optional<Refused> takeOperation(Client client, int queries, boolean submission) {
    Optional<Refused> over = take(client, RequestWeight.DESK, queries);
    return over.isEmpty() && submission ? take(client, RequestWeight.SUBMISSION, 1) : over;
  }

  /// Returns the limit of requests to upstream for one request of a client.
  public RequestLimit of(Client client) {
    return new RequestLimit(this, client);
  }

  /// Returns the number of refusals since the start.
  public long refused(RequestWeight weight) {
    return counter(weight).sum();
  }

  private LongAdder counter(RequestWeight weight) {
    LongAdder counter = refused.get(weight);
    if (counter == null) {
      throw new IllegalStateException("no counter for " + weight);
    }
    return counter;
  }

  private String limit(Client client, RequestWeight weight) {
    if (weight == RequestWeight.SUBMISSION) {
      return "%d requests for versions an hour of the address %s"
          .formatted(settings.submissionsPerHour(), client.address());
    }
    if (client.person() != null) {
      return "%d units a second of the person '%s'"
          .formatted(settings.token().unitsPerSecond(), client.person());
    }
    return client
        .token()
        .map(
            name ->
                "%d units a second of the token '%s'"
                    .formatted(settings.token().unitsPerSecond(), name))
        .orElseGet(
            () ->
                "%d units a second of the address %s"
                    .formatted(settings.address().unitsPerSecond(), client.address()));
  }
}
