package lazaret.mirror.feeds;

import lazaret.vetting.gate.feeds.FeedPlace;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.mirror.upstream.FeedClient;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.desk.FeedReport;
import lazaret.vetting.desk.Feeds;
import lazaret.vetting.desk.HeldFeed;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.TimeSpan;

/// The scheduled refresh of the configured feeds. Each feed is fetched once per interval, sooner
/// after a failure; stored records are kept until better ones arrive. Thread-safe.
public final class FeedRefresh implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FeedRefresh.class.getName());

  private final Feeds feeds;
  private final List<FeedPlace> places;
  private final Duration interval;
  private final FeedClient client;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private final Rounds rounds;

  /// The feeds to refresh and their interval.
  ///
  /// @param places the configured feeds; empty if nothing is fetched
  /// @param interval the time between two requests to the same feed
  public record Plan(List<FeedPlace> places, Duration interval) {
    /// Copies the list.
    public Plan {
      places = List.copyOf(places);
    }
  }

  /// Creates the refresh; nothing is fetched before [#start] or [#now].
  public FeedRefresh(Feeds feeds, Plan plan, FeedClient client, Clock clock) {
    this.feeds = feeds;
    this.places = plan.places();
    this.interval = plan.interval();
    this.client = client;
    this.clock = clock;
    this.rounds = new Rounds("feeds", interval, this::round);
  }

  /// Starts refreshing in the background, and completes work that a crash interrupted.
  public void start() {
    rounds.start(feeds::resume);
  }

  @Override
  public void close() {
    rounds.close();
  }

  private boolean round() {
    boolean failed = false;
    for (FeedPlace place : places) {
      if (isDue(place)) {
        failed |= refresh(place, Notice.GATE) instanceof FeedReport.Refused;
      }
    }
    return !failed;
  }

  /// Returns whether a feed must be fetched. A feed that was fetched recently is skipped, also
  /// after a restart. A feed dated later than now was fetched under a wrong clock, and is due.
  private boolean isDue(FeedPlace place) {
    Instant now = clock.instant();
    return feeds
        .advisories()
        .feed(place.name())
        .map(f -> !TimeSpan.from(f.info().asOf(), interval.minusMinutes(1)).holds(now))
        .orElse(true);
  }

  /// Refreshes all configured feeds now.
  ///
  /// @param by the requester, for the ledger
  /// @return the result of each, in the order of the configuration
  public List<FeedReport> now(String by) {
    List<FeedReport> reports = new ArrayList<>();
    places.forEach(place -> reports.add(refresh(place, by)));
    return reports;
  }

  /// Fetches a feed once, configured or not.
  ///
  /// @param by the requester, for the ledger
  public FeedReport refresh(FeedPlace place, String by) {
    turn.lock();
    try {
      FeedReport report = attempt(place, by);
      if (report instanceof FeedReport.Refused(String name, String why)) {
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

  private FeedReport attempt(FeedPlace place, String by) {
    try {
      if (place.isFile()) {
        FeedFile file = FeedFile.read(Path.of(place.place()));
        Instant now = clock.instant();
        Instant asOf = file.asOf().isAfter(now) ? now : file.asOf();
        return feeds.take(delivery(place, asOf, Validators.NONE, by), file.content());
      }
      HeldFeed held =
          feeds.held().stream()
              .filter(h -> h.feed().info().name().equals(place.name()))
              .filter(h -> h.feed().info().origin().equals(place.place().toString()))
              .findFirst()
              .orElse(null);
      Validators known = held == null ? Validators.NONE : held.validators();
      return switch (client.fetch(place.place(), known)) {
        case FeedClient.Fetched.Failed(String why) -> new FeedReport.Refused(place.name(), why);
        case FeedClient.Fetched.NotModified _ -> {
          feeds.confirm(place.name());
          FeedInfo info = held == null ? null : held.feed().info().confirmedAt(clock.instant());
          yield info == null
              ? new FeedReport.Refused(place.name(), "its source returned 'not modified'")
              : new FeedReport.Taken(info, List.of(), FeedReport.Rejudged.NOTHING);
        }
        case FeedClient.Fetched.Received(Bytes file, Validators validators) ->
            feeds.take(delivery(place, clock.instant(), validators, by), file);
      };
    } catch (LazaretException e) {
      return new FeedReport.Refused(place.name(), String.valueOf(e.getMessage()));
    }
  }

  private static Feeds.Delivery delivery(
      FeedPlace place, Instant asOf, Validators validators, String by) {
    FeedSource source =
        new FeedSource(place.name(), place.format(), place.place().toString(), asOf);
    return new Feeds.Delivery(source, validators, false, by);
  }
}
