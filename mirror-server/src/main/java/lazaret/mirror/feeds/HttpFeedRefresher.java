package lazaret.mirror.feeds;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.FeedClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedRefresher;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.trace.Tracer;

/// The scheduled refresh of the configured feeds. Each feed is fetched once per interval, sooner
/// after a failure; stored records are kept until better ones arrive. Thread-safe.
public final class HttpFeedRefresher implements FeedRefresher, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpFeedRefresher.class.getName());

  private final FeedService feeds;
  private final List<FeedLocation> places;
  private final Duration interval;
  private final FeedClient client;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private final PeriodicTask rounds;

  /// Creates the refresh; nothing is fetched before [#start] or [#now].
  public HttpFeedRefresher(
      FeedService feeds, MirrorConfig.Feeds plan, FeedClient client, Clock clock) {
    this.feeds = feeds;
    this.places = plan.locations();
    this.interval = plan.interval();
    this.client = client;
    this.clock = clock;
    this.rounds = new PeriodicTask("feeds", interval, this::round);
  }

  /// Starts refreshing in the background, and completes work that a crash interrupted.
  ///
  /// @param tracer begins the span of each round
  /// @param leader chooses the node that refreshes
  public void start(Tracer tracer, Leader leader) {
    rounds.start(feeds::finishReevaluation, tracer, leader);
  }

  @Override
  public void close() {
    rounds.close();
  }

  private boolean round() {
    boolean failed = false;
    for (FeedLocation place : places) {
      if (isDue(place)) {
        failed |= refresh(place, Notice.GATE) instanceof FeedUpdateReport.Refused;
      }
    }
    return !failed;
  }

  /// Returns whether a feed must be fetched. A feed that was fetched recently is skipped, also
  /// after a restart. A feed dated later than now was fetched under a wrong clock, and is due.
  private boolean isDue(FeedLocation place) {
    Instant now = clock.instant();
    return feeds
        .advisories()
        .feed(place.name())
        .map(f -> !TimeSpan.from(f.info().asOf(), interval.minusMinutes(1)).holds(now))
        .orElse(true);
  }

  @Override
  public List<FeedUpdateReport> now(String by) {
    List<FeedUpdateReport> reports = new ArrayList<>();
    places.forEach(place -> reports.add(refresh(place, by)));
    return reports;
  }

  @Override
  public FeedUpdateReport refresh(FeedLocation place, String by) {
    turn.lock();
    try {
      FeedUpdateReport report = attempt(place, by);
      if (report instanceof FeedUpdateReport.Refused(String name, String why)) {
        feeds.failed(name, why);
        LOG.log(
            System.Logger.Level.WARNING,
            "feed {0} not refreshed, the stored records stay in force: {1}",
            name,
            why);
      }
      return report;
    } finally {
      turn.unlock();
    }
  }

  private FeedUpdateReport attempt(FeedLocation place, String by) {
    try {
      if (place.isFile()) {
        FeedFile file = FeedFile.read(Path.of(place.location()));
        Instant now = clock.instant();
        Instant asOf = file.asOf().isAfter(now) ? now : file.asOf();
        return feeds.accept(delivery(place, asOf, Validators.NONE, by), file.content());
      }
      StoredFeed held =
          feeds.stored().stream()
              .filter(h -> h.feed().info().name().equals(place.name()))
              .filter(h -> h.feed().info().origin().equals(place.location().toString()))
              .findFirst()
              .orElse(null);
      Validators known = held == null ? Validators.NONE : held.validators();
      return switch (client.fetch(place.location(), known)) {
        case FeedClient.Fetched.Failed(String why, _) ->
            new FeedUpdateReport.Refused(place.name(), why);
        case FeedClient.Fetched.NotModified _ -> {
          feeds.confirm(place.name());
          FeedInfo info = held == null ? null : held.feed().info().confirmedAt(clock.instant());
          yield info == null
              ? new FeedUpdateReport.Refused(place.name(), "its source returned 'not modified'")
              : new FeedUpdateReport.Accepted(
                  info, List.of(), FeedUpdateReport.Reevaluation.NOTHING);
        }
        case FeedClient.Fetched.Received(Bytes file, Validators validators) ->
            feeds.accept(delivery(place, clock.instant(), validators, by), file);
      };
    } catch (LazaretException e) {
      return new FeedUpdateReport.Refused(place.name(), String.valueOf(e.getMessage()));
    }
  }

  private static FeedService.FeedDelivery delivery(
      FeedLocation place, Instant asOf, Validators validators, String by) {
    FeedSource source =
        new FeedSource(place.name(), place.format(), place.location().toString(), asOf);
    return new FeedService.FeedDelivery(source, validators, false, by);
  }
}
