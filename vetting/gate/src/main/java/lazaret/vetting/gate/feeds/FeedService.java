package lazaret.vetting.gate.feeds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.advisory.Advisory;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedAgeLimits;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedOutcome;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.serving.UsageLog;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoredFeed;
import lazaret.vetting.gate.upstream.CanaryCrate;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// The service for advisory feeds. They are imported by hand or on a schedule, stored, and in force
/// as part of the rulebook. Thread-safe. Changes run one at a time and block until the versions
/// they concern were evaluated again.
public final class FeedService {

  private static final Bytes YES = Bytes.utf8("pending");
  private static final Bytes NO = Bytes.utf8("done");

  private final GateContext parts;
  private final CrateStates files;
  private final UsageLog usageLog;
  private final LeaseRun turn;
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();

  public FeedService(GateContext parts, CrateStates files, UsageLog usageLog) {
    this.parts = parts;
    this.files = files;
    this.usageLog = usageLog;
    this.turn = new LeaseRun(parts.store(), "feeds");
  }

  /// A failed attempt to refresh a feed.
  ///
  /// @param at the moment of the attempt
  /// @param why the reason in one clause
  public record Failure(Instant at, String why) {}

  /// Puts the stored feeds and the built-in feed in force. No version is evaluated again, since
  /// each view names the data under which it was built.
  ///
  /// @throws StoreException if the feeds cannot be read
  public static void load(Store store, CurrentRulebook rules) {
    // Read within the change, so that what was read earlier does not replace what was read later.
    rules.change(rulebook -> rulebook.with(read(store)));
  }

  private static AdvisorySet read(Store store) {
    List<Feed> feeds = new ArrayList<>(store.feeds().stream().map(StoredFeed::feed).toList());
    feeds.removeIf(feed -> feed.info().name().equals(CanaryCrate.FEED_NAME));
    feeds.add(CanaryCrate.feed());
    return AdvisorySet.of(feeds);
  }

  /// Puts feeds in force that were committed. If nodes share the store, another one may have
  /// committed others since.
  private void enforce(AdvisorySet set) {
    if (parts.store().shared().isPresent()) {
      load(parts.store(), parts.rules());
    } else {
      parts.rules().change(rulebook -> rulebook.with(set));
    }
  }

  /// Runs a change while no other node makes one, on what is stored.
  private <T> T change(Supplier<T> action) {
    return turn.run(
        () -> {
          if (parts.store().shared().isPresent()) {
            load(parts.store(), parts.rules());
          }
          return action.get();
        });
  }

  /// Completes a re-evaluation that a crash interrupted. Cheap if there is none.
  public void finishReevaluation() {
    boolean _ = turn.run(this::finished);
  }

  private boolean finished() {
    boolean pending =
        parts.store().meta(MetaKey.FEEDS_REEVALUATION).filter(YES::equals).isPresent();
    if (pending) {
      Rulebook now = parts.rules().current();
      reevaluate(now.with(AdvisorySet.NONE), now);
    }
    return pending;
  }

  /// Returns the current moment by the gate's clock.
  public Instant now() {
    return parts.clock().instant();
  }

  /// Returns the stored feeds by name, each with the validators of its source.
  public List<StoredFeed> stored() {
    return parts.store().feeds();
  }

  /// Returns the advisories in force.
  public AdvisorySet advisories() {
    return parts.rules().current().advisories();
  }

  /// Returns the age of the feeds.
  public FeedAge age() {
    return parts.rules().current().age(parts.clock().instant());
  }

  /// Returns the warnings about feeds for a response with verdicts: none was imported, a configured
  /// one never came, or one is old. Empty while all are fresh.
  public List<Reason> warnings() {
    Rulebook book = parts.rules().current();
    List<Reason> warnings = new ArrayList<>();
    book.feedWarning(parts.clock().instant()).ifPresent(warnings::add);
    failing().stream()
        .filter(name -> book.advisories().feed(name).isEmpty())
        .map(name -> new Reason(Reason.Code.FEEDS_MISSING, "feed " + name + " never came"))
        .forEach(warnings::add);
    return warnings;
  }

  /// Returns the state of the feeds, except the built-in one.
  public FeedState state() {
    Rulebook book = parts.rules().current();
    Instant now = parts.clock().instant();
    FeedAgeLimits limits = book.policy().advisories().feeds().limits();
    return new FeedState(
        book.age(now),
        book.advisories().feeds().stream()
            .map(Feed::info)
            .filter(info -> !info.name().equals(CanaryCrate.FEED_NAME))
            .map(info -> FeedAge.of(info, now, limits))
            .toList(),
        failing(),
        limits);
  }

  /// Returns all records with an id or alias.
  public List<Advisory> find(String id) {
    return advisories().find(id);
  }

  /// Returns the failure of the last refresh of a feed, or empty if it succeeded.
  public Optional<Failure> failure(String name) {
    return Optional.ofNullable(failures.get(name));
  }

  /// Returns the names of all feeds whose last refresh failed, stored or not, sorted.
  public List<String> failing() {
    return failures.keySet().stream().sorted().toList();
  }

  /// Records that a refresh failed. The stored feed remains.
  public void failed(String name, String why) {
    failures.put(name, new Failure(parts.clock().instant(), Excerpt.of(why)));
  }

  /// The terms of a feed import.
  ///
  /// @param source the description of the feed
  /// @param validators the validators that its source gave for conditional requests
  /// @param fewer whether it may have less than half of the records that are stored under its name
  /// @param by the name of the token that brings it, or the gate itself
  public record FeedDelivery(FeedSource source, Validators validators, boolean fewer, String by) {}

  /// Imports a feed: reads it, stores it, puts it in force and evaluates the versions it concerns
  /// again.
  ///
  /// @param file the file; see [FeedReader#read]
  /// @throws lazaret.vetting.MalformedException if the name of the feed is malformed
  public FeedUpdateReport accept(FeedDelivery delivery, Bytes file) {
    if (delivery.source().name().equals(CanaryCrate.FEED_NAME)) {
      return new FeedUpdateReport.Refused(
          CanaryCrate.FEED_NAME,
          "the feed of that name is part of the program; choose another name");
    }
    return CurrentSpan.child(
        "import feed",
        span -> {
          span.with("lazaret.feed.name", delivery.source().name());
          return read(delivery, file);
        });
  }

  private FeedUpdateReport read(FeedDelivery delivery, Bytes file) {
    return switch (FeedReader.read(delivery.source(), file)) {
      case FeedOutcome.Refused(String why) ->
          new FeedUpdateReport.Refused(delivery.source().name(), why);
      case FeedOutcome.Read(Feed feed, List<String> complaints) ->
          accept(delivery, feed, complaints);
    };
  }

  private FeedUpdateReport accept(FeedDelivery delivery, Feed feed, List<String> complaints) {
    FeedInfo info = feed.info();
    return change(
        () -> {
          int held = advisories().feed(info.name()).map(f -> f.info().records()).orElse(0);
          // A truncated dump would lift the advisories that it no longer has.
          if (info.ages() && !delivery.fewer() && info.records() < held / 2) {
            return new FeedUpdateReport.Refused(
                info.name(),
                "expected about %d records as before, found %d; use --allow-fewer if it may have fewer"
                    .formatted(held, info.records()));
          }
          return new FeedUpdateReport.Accepted(info, complaints, apply(delivery, feed));
        });
  }

  private FeedUpdateReport.Reevaluation apply(FeedDelivery delivery, Feed feed) {
    FeedInfo info = feed.info();
    List<Batch.Write> writes = new ArrayList<>();
    writes.add(new Batch.Write.PutFeed(new StoredFeed(feed, delivery.validators())));
    return put(
        with(feed.info().name(), feed),
        writes,
        delivery.by(),
        "feed %s from %s: %d records, %d not readable"
            .formatted(info.name(), info.origin(), info.records(), info.skipped()),
        info.name());
  }

  /// Records that the source of a feed has not changed.
  public void confirm(String name) {
    boolean _ = turn.run(() -> confirmed(name));
  }

  private boolean confirmed(String name) {
    boolean found = false;
    for (StoredFeed held : parts.store().feeds()) {
      if (held.feed().info().name().equals(name)) {
        Feed feed =
            new Feed(
                held.feed().info().confirmedAt(parts.clock().instant()), held.feed().advisories());
        parts
            .store()
            .commit(
                Batch.relaxed(
                    List.of(new Batch.Write.PutFeed(new StoredFeed(feed, held.validators())))));
        enforce(with(name, feed));
        failures.remove(name);
        found = true;
      }
    }
    return found;
  }

  /// Removes a feed and evaluates the versions that it named again.
  ///
  /// @param by the name of the person who removes it
  /// @return the consequences, or empty if there is no such feed
  public Optional<FeedUpdateReport.Reevaluation> remove(String name, String by) {
    return change(
        () -> {
          if (advisories().feed(name).isEmpty() || name.equals(CanaryCrate.FEED_NAME)) {
            return Optional.empty();
          }
          List<Batch.Write> writes = new ArrayList<>();
          writes.add(new Batch.Write.DropFeed(name));
          return Optional.of(
              put(with(name, null), writes, by, "feed " + name + " was taken away", name));
        });
  }

  private AdvisorySet with(String name, @Nullable Feed feed) {
    List<Feed> all =
        new ArrayList<>(
            advisories().feeds().stream().filter(f -> !f.info().name().equals(name)).toList());
    if (feed != null) {
      all.add(feed);
    }
    return AdvisorySet.of(all);
  }

  /// Commits the data with the notice of the change, then evaluates again. After a crash in
  /// between, [#finishReevaluation] completes the re-evaluation.
  private FeedUpdateReport.Reevaluation put(
      AdvisorySet set, List<Batch.Write> writes, String by, String what, String name) {
    boolean changed = !set.digest().equals(advisories().digest());
    if (changed) {
      writes.add(
          new Batch.Write.Append(
              new Notice(Notice.Kind.FEED_CHANGED, parts.clock().instant(), by, null, null, what)));
      writes.add(new Batch.Write.PutMeta(MetaKey.FEEDS_REEVALUATION, YES));
    }
    Rulebook before = parts.rules().current();
    parts.store().commit(Batch.synced(writes));
    enforce(set);
    failures.remove(name);
    return changed
        ? reevaluate(before, parts.rules().current())
        : FeedUpdateReport.Reevaluation.NOTHING;
  }

  private FeedUpdateReport.Reevaluation reevaluate(Rulebook before, Rulebook after) {
    usageLog.flush();
    FeedUpdateReport.Reevaluation done =
        new Reevaluator(parts.store(), parts.clock(), files).run(before, after);
    parts
        .store()
        .commit(Batch.relaxed(List.of(new Batch.Write.PutMeta(MetaKey.FEEDS_REEVALUATION, NO))));
    return done;
  }
}
