package lazaret.mirror.upstream;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.outbound.BodyDecoder;
import lazaret.mirror.outbound.BodyMemory;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.Fetcher;
import lazaret.mirror.outbound.OutboundRequest;
import lazaret.mirror.outbound.OutboundResponse;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.vetting.MalformedException;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// The `config.json` of upstream, which has the address of artifacts. It is fetched at first use
/// and again after an hour. If the second fetch fails, the old one is kept, so that working
/// downloads continue. Thread-safe; blocks.
final class RemoteConfig {
  private static final System.Logger LOG = System.getLogger(RemoteConfig.class.getName());
  private static final Duration HOLDS = Duration.ofHours(1);

  /// The time until the next attempt after a failed refresh.
  private static final Duration TRIES_AGAIN = Duration.ofMinutes(1);

  /// The result of reading the configuration.
  sealed interface Known {
    /// The configuration of the registry, possibly an hour old.
    record Config(RegistryConfig config) implements Known {}

    /// No configuration is available.
    record Nothing(OutboundResponse.Failure failure) implements Known {}
  }

  /// A fetched configuration with the duration for which it is valid.
  private record Held(RegistryConfig config, Instant checkedAt, Duration holds) {
    boolean holdsAt(Instant now) {
      // A clock that was set back must not keep an old file valid permanently.
      return !now.isBefore(checkedAt) && now.isBefore(checkedAt.plus(holds));
    }
  }

  private final URI index;
  private final Fetcher fetcher;
  private final BodyMemory room;
  private final Clock clock;
  private final ReentrantLock refreshing = new ReentrantLock();
  private volatile @Nullable Held held;

  RemoteConfig(URI index, Fetcher fetcher, BodyMemory room, Clock clock) {
    this.index = index;
    this.fetcher = fetcher;
    this.room = room;
    this.clock = clock;
  }

  /// Returns the configuration, fetching it if there is no valid one.
  Known current() {
    Held now = held;
    if (now != null && now.holdsAt(clock.instant())) {
      return new Known.Config(now.config());
    }
    if (now != null && !refreshing.tryLock()) {
      // Another thread refreshes it; the stored one is used until then.
      return new Known.Config(now.config());
    }
    if (now == null) {
      refreshing.lock();
    }
    try {
      Held meanwhile = held;
      return meanwhile != null && meanwhile.holdsAt(clock.instant())
          ? new Known.Config(meanwhile.config())
          : refresh(meanwhile);
    } finally {
      refreshing.unlock();
    }
  }

  private Known refresh(@Nullable Held old) {
    OutboundResponse reply = fetcher.ask(request());
    OutboundResponse.Failure failure;
    switch (reply) {
      case OutboundResponse.Response answer when answer.status() == 200 -> {
        try {
          RegistryConfig config = RegistryConfig.parse(answer.body());
          return keep(config, old);
        } catch (MalformedException e) {
          failure =
              new OutboundResponse.Failure(
                  FailureKind.UNUSABLE, "upstream's config.json: " + e.getMessage());
        }
      }
      case OutboundResponse.Response answer ->
          failure =
              new OutboundResponse.Failure(
                  FailureKind.STATUS,
                  "upstream returned " + answer.status() + " for its config.json");
      case OutboundResponse.Failure f -> failure = f;
    }
    if (old == null) {
      return new Known.Nothing(failure);
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "upstream''s config.json not refreshed, the previous one stays in use: {0}",
        failure.why());
    held = new Held(old.config(), clock.instant(), TRIES_AGAIN);
    return new Known.Config(old.config());
  }

  private Known keep(RegistryConfig config, @Nullable Held old) {
    if (old != null && !old.config().dl().equals(config.dl())) {
      LOG.log(
          System.Logger.Level.INFO,
          "upstream serves its artifacts from another address now: {0}",
          config.dl());
    }
    held = new Held(config, clock.instant(), HOLDS);
    return new Known.Config(config);
  }

  private OutboundRequest request() {
    return new OutboundRequest(
        UpstreamOrigin.INDEX,
        index.resolve("config.json"),
        index,
        Map.of("Accept", "application/json"),
        RegistryConfig.MAX_BYTES,
        BodyDecoder.check(RegistryConfig.MAX_BYTES, room),
        new OutboundRequest.Subject(null, index.resolve("config.json").toString()));
  }
}
