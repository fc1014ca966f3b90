package lazaret.vetting.scrub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.ArtifactCache;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The scrub: all stored artifacts are hashed once a round, in the order of their SHA-256, at a
/// limited rate. A damaged one is dropped with an alarm and fetched again. One that the store does
/// not give now is passed over. The position is stored, so that a round continues after a restart,
/// or on another node: one node at a time works. A round begins one scrub interval after the begin
/// of the last one, or at its end if that is later. Thread-safe.
public final class ScrubTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ScrubTask.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  /// The number of artifacts between two writes of the position. A kill repeats at most these.
  private static final int PAGE = 200;

  /// The number of artifacts in a row that the store does not give, after which a round pauses.
  private static final int MOST_PASSED = 20;

  private final GateContext parts;
  private final Store store;
  private final ArtifactCache cache;
  private final LeaseRun turns;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteRate rate;
  private volatile @Nullable Thread thread;

  /// Creates a task.
  ///
  /// @param cache checks and drops artifacts
  /// @param bytesPerSecond the limit of the bytes that are hashed, at least 1
  public ScrubTask(GateContext parts, ArtifactCache cache, long bytesPerSecond) {
    this.parts = parts;
    this.store = parts.store();
    this.cache = cache;
    this.turns = new LeaseRun(store, "scrub");
    this.rate = new ByteRate(bytesPerSecond, ended);
  }

  /// Starts the task in the background.
  public void start() {
    thread = Thread.ofVirtual().name("scrub").start(this::watch);
  }

  /// Ends the task after the artifact that is being hashed.
  @Override
  public void close() {
    ended.countDown();
    Thread running = thread;
    if (running != null) {
      try {
        boolean _ = running.join(STOP_WAIT);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Returns the progress of the last round, or empty before the first one.
  public Optional<ScrubPosition> position() {
    return store.meta(MetaKey.SCRUB_REACHED).map(Bytes::text).flatMap(ScrubPosition::parse);
  }

  private void watch() {
    try {
      while (!ended.await(LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Hashes artifacts if a round runs or is due, until it ends, unless another node does so.
  void look() {
    try {
      if (isDue()) {
        Optional<Boolean> _ = turns.tryRun(this::round);
      }
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING, "the scrub of stored artifacts failed and goes on later", e);
    }
  }

  private boolean isDue() {
    if (store.condition().withholds()) {
      return false;
    }
    ScrubPosition last = position().orElse(null);
    if (last == null) {
      // A new store has nothing to hash, and the start of a server has other work.
      Instant now = parts.clock().instant();
      save(ScrubPosition.begin(now).end(now));
      return false;
    }
    return last.ended() == null || isOver(last);
  }

  private boolean isOver(ScrubPosition last) {
    return !TimeSpan.from(last.begun(), parts.options().scrubInterval())
        .holds(parts.clock().instant());
  }

  /// Continues the last round or begins one.
  ///
  /// @return whether it ended
  private boolean round() {
    ScrubPosition last = position().orElse(null);
    if (last != null && last.ended() != null && !isOver(last)) {
      // Another node ended the round meanwhile.
      return true;
    }
    var round =
        new Round(
            last == null || last.ended() != null
                ? ScrubPosition.begin(parts.clock().instant())
                : last);
    while (ended.getCount() > 0) {
      List<Sha256> page = page(round.at.reached());
      if (page.isEmpty()) {
        save(round.at.end(parts.clock().instant()));
        return true;
      }
      boolean goesOn;
      try {
        goesOn = round.hash(page);
      } finally {
        save(round.at);
      }
      if (!goesOn) {
        return false;
      }
    }
    return false;
  }

  /// The progress of this node in a round. For one thread.
  private final class Round {
    private ScrubPosition at;

    /// The position before the artifacts in a row that were passed over last.
    private ScrubPosition before;

    private int passed;

    Round(ScrubPosition at) {
      this.at = at;
      this.before = at;
    }

    /// Hashes artifacts.
    ///
    /// @return whether the round goes on
    boolean hash(List<Sha256> page) {
      for (Sha256 cksum : page) {
        long bytes = cache.length(cksum).orElse(0);
        if (!hash(cksum, bytes) || !rate.spend(bytes)) {
          return false;
        }
      }
      return true;
    }

    private boolean hash(Sha256 cksum, long bytes) {
      try {
        at = at.after(cksum, bytes, cache.scrub(cksum));
        before = at;
        passed = 0;
        return true;
      } catch (StoreException e) {
        if (e.code() != ErrorCode.STORE_UNAVAILABLE) {
          throw e;
        }
        LOG.log(System.Logger.Level.DEBUG, "the scrub passes over {0}: {1}", cksum, e.getMessage());
        return passOver(cksum, e);
      }
    }

    /// Passes over one artifact. After several in a row, the store as a whole gives none. The round
    /// then returns to the first of them.
    private boolean passOver(Sha256 cksum, StoreException cause) {
      passed++;
      at = at.passedOver(cksum);
      if (passed < MOST_PASSED) {
        return true;
      }
      at = before;
      LOG.log(
          System.Logger.Level.WARNING,
          "the scrub goes on later: the store does not give {0} artifacts in a row: {1}",
          passed,
          cause.getMessage());
      return false;
    }
  }

  private List<Sha256> page(@Nullable Sha256 reached) {
    try (Stream<Sha256> all = reached == null ? store.artifacts() : store.artifacts(reached)) {
      return all.filter(cksum -> !cksum.equals(reached)).limit(PAGE).toList();
    }
  }

  private void save(ScrubPosition at) {
    List<LedgerEntry> _ =
        store.commit(
            Batch.relaxed(
                List.of(new Batch.Write.PutMeta(MetaKey.SCRUB_REACHED, Bytes.utf8(at.text())))));
  }
}
