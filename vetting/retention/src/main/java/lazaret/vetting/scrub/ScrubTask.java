package lazaret.vetting.scrub;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.TimeSpan;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.ArtifactCache;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The scrub: all stored artifacts are hashed once a round, in the order of their SHA-256, at a
/// limited rate. A damaged one is dropped with an alarm and fetched again. The position is stored,
/// so that a round continues after a restart, or on another node: one node at a time works. A round
/// begins one scrub interval after the begin of the last one, or at its end if that is later.
/// Thread-safe.
public final class ScrubTask implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ScrubTask.class.getName());
  private static final Duration LOOK_EVERY = Duration.ofMinutes(1);
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  /// The number of artifacts between two writes of the position. A kill repeats at most these.
  private static final int PAGE = 200;

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
    ScrubPosition at =
        last == null || last.ended() != null ? ScrubPosition.begin(parts.clock().instant()) : last;
    while (ended.getCount() > 0) {
      List<Sha256> page = page(at.reached());
      if (page.isEmpty()) {
        save(at.end(parts.clock().instant()));
        return true;
      }
      at = hashed(at, page);
      save(at);
    }
    return false;
  }

  private ScrubPosition hashed(ScrubPosition before, List<Sha256> page) {
    ScrubPosition at = before;
    for (Sha256 cksum : page) {
      long bytes = cache.length(cksum).orElse(0);
      at = at.after(cksum, bytes, cache.scrub(cksum));
      if (!rate.spend(bytes)) {
        return at;
      }
    }
    return at;
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
