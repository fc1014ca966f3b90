package lazaret.vetting.gate.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import lazaret.vetting.Bytes;
import lazaret.vetting.Deadline;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateCounters;
import lazaret.vetting.gate.context.GateCounters.Count;
import lazaret.vetting.gate.context.SingleFlight;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.shares.ActingClient;
import lazaret.vetting.gate.shares.UpstreamShares;
import lazaret.vetting.gate.shares.UpstreamWait;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.SharedFlight;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.upstream.Upstream;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.trace.CurrentSpan;
import org.jspecify.annotations.Nullable;

/// The service that fetches an artifact, checks its SHA-256, inspects it and stores it. Concurrent
/// requests for one SHA-256 share one run. Wrong bytes are neither stored nor served. Thread-safe.
public final class Admission {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());

  /// The maximum number of notices about wrong bytes of one version before the right ones come.
  private static final int MOST_WRONG_NOTICES = 2;

  /// The maximum time for a background fetch of an artifact that was not stored.
  private static final Duration LATER_PATIENCE = Duration.ofMinutes(2);

  /// The maximum number of failed fetches in heap. A version of an evicted one is requested again.
  private static final int MOST_MISSES = 20_000;

  private final GateContext parts;
  private final GateCounters meters;
  private final CrateStates files;
  private final ArtifactCache cache;
  private final Semaphore slots;
  private final IndicatorsInForce indicators;
  private final SingleFlight<Sha256, Outcome> flights = new SingleFlight<>();
  private final BoundedCache<Sha256, FailedFetch> misses = new BoundedCache<>(MOST_MISSES, _ -> 1);

  /// The artifacts that were checked but could not be stored.
  private final BoundedCache<Sha256, CrateId> unstored = new BoundedCache<>(MOST_MISSES, _ -> 1);

  /// The artifacts of private crates that an index line of another name lists.
  private final BoundedCache<Sha256, CrateId> foreign = new BoundedCache<>(1_000, _ -> 1);

  private volatile KnownFindings results = KnownFindings.NONE;

  public Admission(
      GateContext parts,
      GateCounters meters,
      CrateStates files,
      ArtifactCache cache,
      IndicatorsInForce indicators) {
    this.parts = parts;
    this.meters = meters;
    this.files = files;
    this.cache = cache;
    this.indicators = indicators;
    this.slots = new Semaphore(parts.options().parallelDownloads());
  }

  /// Asks a source of findings before each inspection from now on.
  public void use(KnownFindings source) {
    results = source;
  }

  /// The outcome of an admission.
  public sealed interface Outcome {
    /// Verified bytes with their findings. They are also stored if the store has disk space.
    record Ready(Bytes bytes, Findings findings) implements Outcome {}

    /// A hostile archive. The bytes were discarded and the findings stored.
    record Hostile(Findings findings) implements Outcome {}

    /// A fetch without verified bytes.
    sealed interface NotFetched extends Outcome {
      /// Returns the code of the failure.
      ErrorCode code();

      /// Returns the failure in one clause for a person.
      ///
      /// @param id the requested version
      String detail(CrateId id);
    }

    /// Bytes from upstream with another SHA-256. They were discarded.
    ///
    /// @param found the SHA-256 of the received bytes
    record Tampered(Sha256 found) implements NotFetched {
      @Override
      public ErrorCode code() {
        return ErrorCode.CKSUM_MISMATCH;
      }

      @Override
      public String detail(CrateId id) {
        return new DownloadOutcome.Tampered(id, found).detail();
      }
    }

    /// An object that upstream does not have.
    ///
    /// @param status the HTTP status that upstream returned
    record Absent(int status) implements NotFetched {
      @Override
      public ErrorCode code() {
        return ErrorCode.BYTES_MISSING;
      }

      @Override
      public String detail(CrateId id) {
        return new DownloadOutcome.Absent(id, status).detail();
      }
    }

    /// A failed request to upstream.
    ///
    /// @param why the failure in one clause
    /// @param retryAfter the pause that upstream asked for; null if it named none
    record Failed(String why, @Nullable Duration retryAfter) implements NotFetched {
      @Override
      public ErrorCode code() {
        return ErrorCode.UPSTREAM_UNAVAILABLE;
      }

      @Override
      public String detail(CrateId id) {
        return why;
      }
    }
  }

  /// Returns the last attempt to fetch the bytes if it failed. Empty if no attempt failed since the
  /// gate started, or if later failures displaced the record.
  public Optional<FailedFetch> lastMiss(Sha256 cksum) {
    return Optional.ofNullable(misses.get(cksum));
  }

  /// Returns whether the last attempt to fetch the bytes found wrong bytes or no object. Such a
  /// version is not recommended.
  public boolean refused(Sha256 cksum) {
    FailedFetch miss = misses.get(cksum);
    return miss != null && !(miss.outcome() instanceof Outcome.Failed);
  }

  /// Admits an artifact: fetches, verifies, inspects and stores it. Upstream is asked only within
  /// the limit of this thread's client.
  ///
  /// @param wait the maximum time to wait for the run
  /// @return the outcome, or empty if the run is still in progress
  public Optional<Outcome> admit(CrateId id, Duration wait) {
    if (isForeign(id)) {
      return Optional.of(refuseForeign(id));
    }
    FailedFetch known = misses.get(id.cksum());
    if (known != null && known.standsAt(parts.clock().instant())) {
      return Optional.of(known.outcome());
    }
    boolean asks = !flights.isRunning(id.cksum()) && cache.length(id.cksum()).isEmpty();
    Optional<Duration> over = asks ? ActingClient.limit().take() : Optional.empty();
    return over.isPresent()
        ? Optional.of(new Outcome.Failed(UpstreamShares.SPENT, over.get()))
        : flights.join(id.cksum(), () -> run(id), wait);
  }

  /// Returns whether an artifact is being fetched or inspected.
  boolean isRunning(Sha256 cksum) {
    return flights.isRunning(cksum);
  }

  /// Returns whether a recent attempt to fetch the bytes failed. Until the pause after it ends,
  /// upstream is not asked again.
  boolean missed(Sha256 cksum) {
    FailedFetch miss = misses.get(cksum);
    return miss != null && miss.isRecent(parts.clock().instant(), parts.options().retryPause());
  }

  /// Stores the artifacts that were served while the store refused writes, until it refuses again.
  /// Bytes that are no longer in heap are fetched again.
  public void storeLater() {
    for (CrateId id : unstored.values()) {
      if (!parts.store().diskUsage().admits()) {
        return;
      }
      unstored.remove(id.cksum());
      if (!parts.store().hasArtifact(id.cksum())) {
        Bytes known = cache.remembered(id.cksum()).orElse(null);
        Optional<Outcome> _ =
            known == null
                ? admit(id, LATER_PATIENCE)
                : Optional.of(check(id, new UnverifiedCrate(known), false));
      }
    }
  }

  /// Admits bytes from the folder of another mirror, which are checked and inspected, too.
  public Outcome importArtifact(CrateId id, Bytes bytes) {
    return isForeign(id) ? refuseForeign(id) : check(id, new UnverifiedCrate(bytes), false);
  }

  /// Inspects stored bytes again. They are not stored again, since they can be removed meanwhile.
  public Outcome inspectStored(CrateId id, Bytes bytes) {
    return isForeign(id) ? refuseForeign(id) : check(id, new UnverifiedCrate(bytes), true);
  }

  private boolean isForeign(CrateId id) {
    return parts.upstream().isForeign(id.name(), id.cksum());
  }

  /// Refuses a version whose index line names bytes of a private crate, with one alarm. A client
  /// gets no hint of that crate.
  private Outcome refuseForeign(CrateId id) {
    if (foreign.get(id.cksum()) == null) {
      foreign.put(id.cksum(), id);
      String words =
          "expected bytes of this crate, found sha256 %s, which a private crate has; not served"
              .formatted(id.cksum().hex());
      parts.append(notice(Notice.Kind.TWO_ORIGINS, id, words));
    }
    return new Outcome.Absent(404);
  }

  private Outcome run(CrateId id) {
    return stored(id)
        .orElseGet(
            () ->
                new SharedFlight(parts.store())
                    .run("artifact/" + id.cksum().hex(), () -> stored(id), () -> fetched(id)));
  }

  /// Returns the outcome for stored bytes, or empty if there are none. Those with findings of an
  /// older inspector are inspected again without a request to upstream.
  private Optional<Outcome> stored(CrateId id) {
    return cache.take(id).filter(_ -> !isForeign(id)).map(held -> ready(id, held));
  }

  private Outcome fetched(CrateId id) {
    slots.acquireUninterruptibly();
    try {
      Outcome outcome = fetch(id);
      if (outcome instanceof Outcome.Tampered) {
        // Second attempt: a cache on the way may have caused the mismatch.
        outcome = fetch(id);
      }
      return settle(id, outcome);
    } finally {
      slots.release();
    }
  }

  private Outcome ready(CrateId id, Bytes bytes) {
    Findings known = parts.store().findings(id.cksum()).filter(Findings::current).orElse(null);
    if (known == null) {
      return check(id, new UnverifiedCrate(bytes), unstored.get(id.cksum()) == null);
    }
    if (parts.store().shared().isPresent()
        && files.find(id.name()).filter(f -> f.findings(id.cksum()).isEmpty()).isPresent()) {
      // Another node inspected the artifact before it knew the version.
      files.drop(id.name());
    }
    return new Outcome.Ready(bytes, known);
  }

  private Outcome fetch(CrateId id) {
    return switch (UpstreamWait.during(() -> parts.upstream().artifact(id))) {
      case Upstream.ArtifactResponse.Received received -> check(id, received.crate(), false);
      case Upstream.ArtifactResponse.Absent absent -> new Outcome.Absent(absent.status());
      case Upstream.ArtifactResponse.Unavailable none ->
          new Outcome.Failed(none.why(), none.retryAfter());
    };
  }

  private Outcome settle(CrateId id, Outcome outcome) {
    FailedFetch before = misses.get(id.cksum());
    int wrong = before == null ? 0 : before.wrong();
    if (outcome instanceof Outcome.Tampered tampered) {
      wrong++;
      wrongBytes(id, tampered, wrong);
    }
    if (outcome instanceof Outcome.NotFetched missed) {
      misses.put(id.cksum(), new FailedFetch(parts.clock().instant(), missed, wrong));
    } else {
      misses.remove(id.cksum());
    }
    return outcome;
  }

  private void wrongBytes(CrateId id, Outcome.Tampered tampered, int times) {
    meters.add(Count.CHECKSUM_MISMATCHES);
    if (times > MOST_WRONG_NOTICES) {
      return;
    }
    String detail =
        "upstream sent sha256 %s, the index says %s"
            .formatted(tampered.found().hex(), id.cksum().hex());
    String words =
        times == 1
            ? detail
            : "%s, for the second time: refused for %d minutes at a time"
                .formatted(detail, FailedFetch.WRONG_PAUSE.toMinutes());
    parts.append(notice(Notice.Kind.WRONG_BYTES, id, words));
  }

  private Outcome check(CrateId id, UnverifiedCrate crate, boolean held) {
    return switch (crate.verify(id)) {
      case Verification.Mismatch mismatch -> new Outcome.Tampered(mismatch.found());
      case Verification.Match match -> inspect(id, match.crate(), held);
    };
  }

  /// Inspects an artifact, and stores it unless the store had it: it can be removed meanwhile.
  private Outcome inspect(CrateId id, VerifiedCrate crate, boolean held) {
    IndicatorsInForce.PreparedIndicators wanted = indicators.get();
    Inspector.Expected expected = wanted.expected(files, id);
    List<Write> writes = new ArrayList<>();
    Findings findings =
        results.find(crate, expected, writes::add).orElseGet(() -> inspect(crate, expected));
    writes.add(new Write.PutFindings(findings));
    if (!findings.conformant()) {
      meters.add(Count.HOSTILE_ARCHIVES);
      String problem = findings.problems().getFirst().toString();
      writes.addAll(parts.appends(notice(Notice.Kind.HOSTILE_ARCHIVE, id, problem)));
      boolean _ = store(id, findings, Batch.synced(writes));
      return new Outcome.Hostile(findings);
    }
    // Not synced: an artifact that is lost is fetched again, and cargo waits for this write.
    if (!held) {
      writes.add(new Write.PutArtifact(crate));
    }
    boolean stored = store(id, findings, Batch.relaxed(writes));
    meters.add(stored ? Count.ADMISSIONS : Count.ADMISSIONS_NOT_STORED);
    if (!stored && !held) {
      unstored.put(id.cksum(), id);
    }
    if (parts.store().shared().isPresent()) {
      indicators.inspected(id, wanted);
    }
    if (!indicators.get().equals(wanted)) {
      // The indicator rescan may have passed this artifact before its bytes were stored.
      return inspect(id, crate, held || stored);
    }
    if (!held || parts.store().hasArtifact(id.cksum())) {
      cache.remember(id.cksum(), crate.bytes());
    }
    return new Outcome.Ready(crate.bytes(), findings);
  }

  private Findings inspect(VerifiedCrate crate, Inspector.Expected expected) {
    return CurrentSpan.child(
        "inspection",
        span -> {
          CrateName name = crate.id().name();
          span.with("lazaret.crate.name", parts.upstream().origin(name).shown(name))
              .with("lazaret.crate.version", crate.id().version().text());
          return Inspector.inspect(
              crate, parts.options().inspectLimits(), expected, Deadline.MONOTONIC);
        });
  }

  private boolean store(CrateId id, Findings findings, Batch batch) {
    try {
      files.storeFindings(id, findings, batch);
      return true;
    } catch (StoreException e) {
      if (!e.refusesWrites()) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING, "{0} was checked but not stored: {1}", id, e.getMessage());
      return false;
    }
  }

  private Notice notice(Notice.Kind kind, CrateId id, String detail) {
    return new Notice(
        kind, parts.clock().instant(), Notice.GATE, id.name(), id.version().text(), detail);
  }
}
