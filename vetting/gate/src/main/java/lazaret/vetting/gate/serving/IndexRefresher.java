package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Gatherers;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.context.SingleFlight;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.evaluation.IndexMerge;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.shares.MinuteLogSum;
import lazaret.vetting.gate.shares.UpstreamShares;
import lazaret.vetting.gate.shares.UpstreamWait;
import lazaret.vetting.gate.store.SharedFlight;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexView;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;

/// The service that fetches and revalidates index files, with one request in flight per name. It
/// caches absences and failures for a while. Thread-safe.
public final class IndexRefresher {
  private static final System.Logger LOG = System.getLogger(IndexRefresher.class.getName());

  private static final int PARALLEL = 16;

  /// The maximum age of an index file whose crate is only a related one. It is so long that any
  /// stored file suffices.
  private static final Duration EVER = Duration.ofDays(36_500);

  private final GateContext parts;
  private final GateCounters meters;
  private final CrateStates files;
  private final BaseVersionFetcher bases;
  private final BoundedCache<String, TimeSpan> absences = new BoundedCache<>(20_000, _ -> 1);
  private final BoundedCache<String, RefreshResult.Failure> failures =
      new BoundedCache<>(20_000, _ -> 1);
  private final SingleFlight<String, RefreshResult> flights = new SingleFlight<>();
  private final SuspectedRemovals removals;
  private final IndexFileStore index;
  private final UpstreamShares shares;
  private final MinuteLogSum failed =
      new MinuteLogSum(LOG, "index not refreshed", System::nanoTime);

  public IndexRefresher(
      GateContext parts, GateCounters meters, CrateStates files, BaseVersionFetcher bases) {
    this.bases = bases;
    this.shares = new UpstreamShares(parts.upstream().requestsPerSecond(), System::nanoTime);
    this.parts = parts;
    this.meters = meters;
    this.files = files;
    this.removals = new SuspectedRemovals(parts, files);
    this.index = new IndexFileStore(parts, files, removals);
  }

  /// The result of looking up a crate.
  public sealed interface Lookup {
    /// A stored crate.
    ///
    /// @param stale whether upstream could not confirm it in time
    record Found(CrateState file, boolean stale) implements Lookup {}

    /// A crate that does not exist.
    record Absent(String detail) implements Lookup {}

    /// A crate that is not stored while upstream is unavailable.
    record Unavailable(String detail, Duration retryAfter) implements Lookup {}
  }

  /// Returns the outcome of a request for an index file.
  public IndexOutcome response(CrateName asked) {
    return switch (lookup(asked, parts.options().indexTtl())) {
      case Lookup.Absent absent -> new IndexOutcome.Absent(absent.detail());
      case Lookup.Unavailable none ->
          new IndexOutcome.Unavailable(none.detail(), none.retryAfter());
      case Lookup.Found found -> served(asked, found);
    };
  }

  private IndexOutcome served(CrateName asked, Lookup.Found found) {
    CrateName held = found.file().crate().name();
    if (!held.indexName().equals(asked.indexName())) {
      return new IndexOutcome.Absent(
          "there is no '%s', but '%s'".formatted(asked.published(), held.published()));
    }
    IndexView view = found.file().view();
    boolean current = view != null && files.current(held, view);
    // A view is first built with a new index file, before its related crates are looked up.
    boolean due = !current || !found.file().acquainted();
    boolean met = due && fetchRelatedCrates(found.file(), found.file().lines());
    boolean compared = due && bases.fetched(found.file());
    found.file().setAcquainted();
    if (!current || met || compared) {
      view = files.rebuildView(held).view();
    }
    if (view == null) {
      throw new IllegalStateException("a rewritten crate has no view: " + held.published());
    }
    if (found.stale()) {
      meters.add(Count.INDEX_STALE);
    }
    return new IndexOutcome.Served(view, found.file().freshness(), found.stale());
  }

  /// Looks up the new dependencies of some versions, since a release is evaluated with what it
  /// pulls in. Waits for at most a quarter of the vetting wait, because the client has already
  /// waited for the crate itself. A dependency that arrives later is still fetched, and the version
  /// is held meanwhile.
  ///
  /// @return whether there was a crate to look up
  public boolean fetchRelatedCrates(CrateState file, List<StoredLine> lines) {
    List<CrateName> strangers = files.relatedCrates().missing(file, lines, parts.clock().instant());
    if (strangers.isEmpty()) {
      return false;
    }
    long until = System.nanoTime() + parts.options().vettingWait().dividedBy(4).toNanos();
    Function<CrateName, Lookup> fetch =
        ActingClient.carried(name -> fetchRelatedCrate(name, until));
    List<Lookup> _ = strangers.stream().gather(Gatherers.mapConcurrent(PARALLEL, fetch)).toList();
    return true;
  }

  private Lookup fetchRelatedCrate(CrateName name, long until) {
    Duration left = Duration.ofNanos(Math.max(1, until - System.nanoTime()));
    Lookup found = lookup(name, EVER, left);
    if (found instanceof Lookup.Absent) {
      files.relatedCrates().absent(name);
    }
    return found;
  }

  /// Finds a crate under any spelling of its name. Upstream is asked if the crate is not stored or
  /// was confirmed longer ago than `maxAge`.
  public Lookup lookup(CrateName asked, Duration maxAge) {
    return lookup(asked, maxAge, parts.options().vettingWait());
  }

  /// Finds a crate within a time limit.
  ///
  /// @param patience the maximum wait if the crate is not stored
  private Lookup lookup(CrateName asked, Duration maxAge, Duration patience) {
    if (parts.upstream().origin(asked) == NameOrigin.RESERVED) {
      // A public crate that was stored before stays as it is: nothing about it is requested.
      return new Lookup.Absent(
          "the name '%s' is reserved for private crates".formatted(asked.published()));
    }
    CrateState held = held(asked).orElse(null);
    Instant now = parts.clock().instant();
    if (held != null && TimeSpan.from(held.freshness().checkedAt(), maxAge).holds(now)) {
      return new Lookup.Found(held, false);
    }
    RefreshResult.Failure failure = failures.get(asked.indexName());
    if (failure != null && failure.pause().holds(now)) {
      return unconfirmed(held, failure);
    }
    if (held == null && isAbsent(asked, now)) {
      return none(asked);
    }
    return refreshed(asked, held, maxAge, patience);
  }

  /// Returns the state of a crate, unless its index file is empty. Older programs stored an empty
  /// file for each crate whose index they could not read.
  private Optional<CrateState> held(CrateName name) {
    return files.find(name).filter(file -> !file.lines().isEmpty());
  }

  private Lookup refreshed(
      CrateName asked, @Nullable CrateState held, Duration maxAge, Duration patience) {
    CrateName name = held == null ? asked : held.crate().name();
    Optional<Duration> pause =
        flights.isRunning(name.indexName())
            ? Optional.empty()
            : shares.pause(name.published(), held != null, patience.dividedBy(2));
    if (pause.isPresent()) {
      // Not a failure of the name: another client may ask at once.
      return held != null
          ? new Lookup.Found(held, true)
          : new Lookup.Unavailable(UpstreamShares.SPENT, pause.get());
    }
    Duration wait = held == null ? patience : parts.options().staleWait();
    RefreshResult result =
        flights
            .join(
                name.indexName(),
                () -> held == null ? fetchUnlessKnown(name) : refreshUnlessDone(name, maxAge),
                wait)
            .orElse(null);
    return switch (result) {
      case null -> unconfirmed(held, "upstream did not respond within " + wait.toSeconds() + " s");
      case RefreshResult.Failed failed -> unconfirmed(held, failed.failure());
      case RefreshResult.Absent _ when held == null -> none(asked);
      case RefreshResult.Absent _, RefreshResult.Done _ ->
          files
              .find(asked)
              .<Lookup>map(file -> new Lookup.Found(file, false))
              .orElseGet(
                  () -> unconfirmed(null, "the store lost the crate while it was refreshed"));
    };
  }

  private Lookup none(CrateName asked) {
    long snapshot = files.head();
    return new Lookup.Absent(
        snapshot == 0
            ? "upstream has no crate '%s'".formatted(asked.published())
            : "snapshot %d has no crate '%s'; %s"
                .formatted(
                    snapshot,
                    asked.published(),
                    parts.store().snapshots().availability(asked, null)));
  }

  /// Returns the stored crate, or a pause for the client as long as the one for upstream. Upstream
  /// may have asked for that pause.
  private Lookup unconfirmed(@Nullable CrateState held, RefreshResult.Failure failure) {
    Duration left = failure.pause().left(parts.clock().instant());
    return held != null
        ? new Lookup.Found(held, true)
        : new Lookup.Unavailable(failure.why(), left.isZero() ? Duration.ofSeconds(1) : left);
  }

  private Lookup unconfirmed(@Nullable CrateState held, String why) {
    return held != null
        ? new Lookup.Found(held, true)
        : new Lookup.Unavailable(why, parts.options().retryPause());
  }

  private boolean isAbsent(CrateName name, Instant now) {
    TimeSpan absent = absences.get(name.indexName());
    return absent != null && absent.holds(now);
  }

  /// Asks upstream, unless another thread has done it since the crate was found missing.
  private RefreshResult fetchUnlessKnown(CrateName name) {
    if (held(name).isPresent()) {
      return new RefreshResult.Done();
    }
    return isAbsent(name, parts.clock().instant())
        ? new RefreshResult.Absent()
        : refresh(name, EVER);
  }

  /// Asks upstream, unless another node has done it since the file became too old here.
  private RefreshResult refreshUnlessDone(CrateName name, Duration maxAge) {
    return parts.store().shared().isEmpty()
        ? refresh(name)
        : confirmed(name, maxAge).orElseGet(() -> refresh(name, maxAge));
  }

  /// Asks upstream, unless another node does it now.
  private RefreshResult refresh(CrateName name, Duration maxAge) {
    return new SharedFlight(parts.store())
        .run("index/" + name.collisionKey(), () -> confirmed(name, maxAge), () -> refresh(name));
  }

  /// Returns the result of another node, or empty if the stored file is too old.
  private Optional<RefreshResult> confirmed(CrateName name, Duration maxAge) {
    Instant now = parts.clock().instant();
    return files
        .latest(name)
        .filter(file -> !file.lines().isEmpty())
        .filter(file -> TimeSpan.from(file.freshness().checkedAt(), maxAge).holds(now))
        .<RefreshResult>map(_ -> new RefreshResult.Done());
  }

  private RefreshResult refresh(CrateName name) {
    meters.add(Count.INDEX_REFRESHES);
    // A file with damaged rows is requested as a whole.
    Freshness before = files.current(name).map(CrateState::freshness).orElse(null);
    Validators known = before == null ? Validators.NONE : before.validators();
    NameOrigin from = parts.upstream().origin(name);
    return switch (UpstreamWait.during(() -> parts.upstream().index(name, known))) {
      case Upstream.IndexResponse.Fresh fresh -> received(name, fresh);
      case Upstream.IndexResponse.NotModified _ when before != null -> {
        index.confirm(name, before);
        yield done(name);
      }
      case Upstream.IndexResponse.NotModified _ ->
          failed(name, "upstream returned 'not modified' to a request without validators", null);
      case Upstream.IndexResponse.Absent _ -> absent(name, from, before);
      case Upstream.IndexResponse.Unavailable none -> failed(name, none.why(), none.retryAfter());
    };
  }

  private RefreshResult received(CrateName name, Upstream.IndexResponse.Fresh fresh) {
    IndexFile file;
    try {
      file = IndexFile.parse(name, fresh.body(), parts.options().indexLimits());
    } catch (MalformedException e) {
      return failed(name, "upstream sent no index file: " + e.getMessage(), null);
    }
    Instant now = parts.clock().instant();
    Freshness freshness = new Freshness(fresh.validators(), now, now);
    boolean merged =
        index.merge(
            name,
            fresh.origin(),
            freshness,
            (held, checked) -> {
              IndexFile newest = newest(name, fresh, file);
              return rule -> IndexMerge.of(held, checked, newest, rule, now);
            });
    return merged ? done(name) : moved(name, fresh.origin());
  }

  /// Returns a file as it is in the turn of its crate. That of a private crate is read again, since
  /// a version can be published or yanked between the read and the turn.
  private IndexFile newest(CrateName name, Upstream.IndexResponse.Fresh read, IndexFile file) {
    return read.origin() == NameOrigin.PRIVATE
            && parts.upstream().index(name, read.validators())
                instanceof Upstream.IndexResponse.Fresh newer
        ? IndexFile.parse(name, newer.body(), parts.options().indexLimits())
        : file;
  }

  /// Drops a response: the name was published here meanwhile. A file of the private registry itself
  /// raises none.
  private RefreshResult moved(CrateName name, NameOrigin from) {
    if (from == NameOrigin.PUBLIC) {
      String detail = "the public registry has a crate of this name, which was published here";
      Instant now = parts.clock().instant();
      parts.append(
          new Notice(Notice.Kind.PRIVATE_NAME_PUBLIC, now, Notice.GATE, name, null, detail));
    }
    return new RefreshResult.Done();
  }

  private RefreshResult absent(CrateName name, NameOrigin from, @Nullable Freshness before) {
    Instant now = parts.clock().instant();
    absences.put(name.indexName(), TimeSpan.from(now, parts.options().absentTtl()));
    if (before == null) {
      return new RefreshResult.Absent();
    }
    Freshness freshness = new Freshness(Validators.NONE, before.fetchedAt(), now);
    boolean _ =
        index.merge(name, from, freshness, (held, _) -> rule -> IndexMerge.absent(held, rule, now));
    RefreshResult _ = done(name);
    return new RefreshResult.Absent();
  }

  private RefreshResult done(CrateName name) {
    failures.remove(name.indexName());
    meters.add(Count.INDEX_CONFIRMED);
    return new RefreshResult.Done();
  }

  /// Returns the suspected removals.
  public SuspectedRemovals removals() {
    return removals;
  }

  /// Asks upstream again for vanished crates that are due. Blocks meanwhile.
  public void confirmRemovals() {
    removals.restore();
    for (CrateName name : removals.due()) {
      var _ = flights.join(name.indexName(), () -> refresh(name), parts.options().vettingWait());
      removals.asked(name);
    }
  }

  private RefreshResult failed(CrateName name, String why, @Nullable Duration retryAfter) {
    Duration pause = parts.options().retryPause();
    Duration until = retryAfter != null && retryAfter.compareTo(pause) > 0 ? retryAfter : pause;
    RefreshResult.Failure failure =
        new RefreshResult.Failure(TimeSpan.from(parts.clock().instant(), until), why);
    failures.put(name.indexName(), failure);
    failed.add(name.published() + ": " + why);
    return new RefreshResult.Failed(failure);
  }

  /// Imports an index file of another mirror. It is merged like any other but confirms nothing, so
  /// upstream is asked at the next request.
  public void importFile(CrateName name, Bytes body) {
    index.importFile(name, body);
  }
}
