package lazaret.vetting.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.SharedState;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreChange;
import org.jspecify.annotations.Nullable;

/// The application of the changes of other nodes to what this one has in heap. Copies are dropped
/// on the thread of the beats, before the node counts as current again. A thread of its own reads
/// from the store what must be read. It follows a store before anything is read from it, and
/// collects the changes until the parts of the node exist. Thread-safe.
public final class ChangeApplier implements SharedState.ChangeListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ChangeApplier.class.getName());

  /// The number of changes that are collected before the parts exist.
  private static final int MOST_EARLY = 10_000;

  /// The time after which a node that cannot read changed feeds or audits stops serving.
  private static final Duration LONGEST_LOADING = Duration.ofSeconds(10);

  /// The limit of the wait of a request for a changed snapshot.
  private static final Duration LONGEST_SWITCH = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int MOST_LOCKFILES = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by lock.
  private final List<StoreChange> early = new ArrayList<>();
  private final Set<Part> due = EnumSet.noneOf(Part.class);
  private final Set<Sha256> lockfiles = new LinkedHashSet<>();
  private boolean allLockfiles;
  private @Nullable Parts parts;
  private @Nullable Thread thread;
  private boolean closed;

  /// The monotonic time since which changed feeds or audits are not in force; 0 if all are.
  private volatile long loadingSince;

  /// True if another snapshot may be served than the store names.
  private volatile boolean switches;

  /// Creates an applier that collects changes.
  public ChangeApplier() {}

  /// The parts of a node.
  ///
  /// @param store the store of the gate
  /// @param followHead serves the snapshot that the store names
  public record Parts(
      Store store, Runnable followHead, CurrentRulebook rules, Gate gate, Desk desk) {}

  /// The data that is read again after a change, in the order in which it is read. The snapshot is
  /// the last: a change of both feeds and snapshot is in force in one moment.
  private enum Part {
    FEEDS,
    AUDITS,
    REMOVALS,
    SNAPSHOT
  }

  /// Begins to apply changes, those first that were collected.
  public void attach(Parts node) {
    lock.lock();
    try {
      parts = node;
      List<StoreChange> collected = List.copyOf(early);
      early.clear();
      collected.forEach(change -> apply(node, change));
      thread = Thread.ofVirtual().name("changes of nodes").start(this::load);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void changed(List<StoreChange> changes) {
    lock.lock();
    try {
      Parts node = parts;
      if (node != null) {
        changes.forEach(change -> apply(node, change));
        changed.signalAll();
      } else if (early.size() + changes.size() > MOST_EARLY) {
        early.clear();
        early.add(StoreChange.EVERYTHING);
      } else {
        early.addAll(changes);
      }
    } finally {
      lock.unlock();
    }
  }

  /// The caller has the lock.
  private void apply(Parts node, StoreChange change) {
    String key = change.key();
    switch (change.kind()) {
      case CRATE -> node.gate().files().drop(CrateName.parse(key));
      case TOKEN -> node.desk().tokens().forget(Sha256.parse(key));
      case REQUEST -> {
        int space = key.indexOf(' ');
        node.gate()
            .usageLog()
            .changed(
                CrateName.parse(key.substring(0, space)),
                CrateVersion.parse(key.substring(space + 1)));
      }
      case LOCKFILE -> {
        if (lockfiles.size() < MOST_LOCKFILES) {
          lockfiles.add(Sha256.parse(key));
        } else {
          allLockfiles = true;
        }
      }
      case FEEDS -> need(Part.FEEDS);
      case AUDITS -> need(Part.AUDITS);
      case META -> {
        // Other small values are read from the store at each use.
        if (key.equals(MetaKey.REMOVALS.code())) {
          need(Part.REMOVALS);
        }
      }
      case SNAPSHOT -> need(Part.SNAPSHOT);
      case EVERYTHING -> {
        node.gate().files().dropAll();
        node.desk().tokens().forgetAll();
        allLockfiles = true;
        for (Part part : Part.values()) {
          need(part);
        }
      }
    }
  }

  /// The caller has the lock.
  private void need(Part part) {
    due.add(part);
    switch (part) {
      case FEEDS, AUDITS -> {
        if (loadingSince == 0) {
          long now = System.nanoTime();
          loadingSince = now == 0 ? 1 : now;
        }
      }
      case SNAPSHOT -> switches = true;
      case REMOVALS -> {}
    }
  }

  /// Reads changed data until the close.
  private void load() {
    try {
      for (Set<Part> next = awaitDue(); !next.isEmpty() || hasLockfiles(); next = awaitDue()) {
        for (Part part : next) {
          load(part);
        }
        ended();
        passLockfilesOn();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits for changed data.
  ///
  /// @return the parts that are due, in their order; empty after the close, or if only lockfiles
  ///   are
  private Set<Part> awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && due.isEmpty() && lockfiles.isEmpty() && !allLockfiles) {
        changed.await();
      }
      Set<Part> next = EnumSet.noneOf(Part.class);
      if (!closed) {
        next.addAll(due);
        due.clear();
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  private boolean hasLockfiles() {
    lock.lock();
    try {
      return !closed && (allLockfiles || !lockfiles.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  /// Reads one part, again after a pause until the store answers.
  private void load(Part part) throws InterruptedException {
    while (true) {
      try {
        read(part);
        return;
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a change of another node is not in force yet (" + part + ")",
            e);
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  private void read(Part part) {
    Parts node = attached();
    switch (part) {
      case FEEDS -> FeedService.load(node.store(), node.rules());
      case AUDITS -> node.desk().audits().reload();
      case REMOVALS -> node.gate().keeper().removals().register().reload();
      case SNAPSHOT -> node.followHead().run();
    }
  }

  private Parts attached() {
    lock.lock();
    try {
      Parts node = parts;
      if (node == null) {
        throw new IllegalStateException("changes are read before the parts exist");
      }
      return node;
    } finally {
      lock.unlock();
    }
  }

  private void passLockfilesOn() throws InterruptedException {
    List<Sha256> seen;
    boolean all;
    lock.lock();
    try {
      seen = List.copyOf(lockfiles);
      lockfiles.clear();
      all = allLockfiles;
      allLockfiles = false;
    } finally {
      lock.unlock();
    }
    Parts node = attached();
    if (all) {
      passAllOn(node);
      return;
    }
    for (Sha256 digest : seen) {
      try {
        node.store().lockfile(digest).ifPresent(node.gate().usageLog().lockfileSightings()::passOn);
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a lockfile that another node received is not listed: {0}",
            e.getMessage());
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  /// Passes all lockfiles on, since it is not known which ones are new.
  private void passAllOn(Parts node) throws InterruptedException {
    try (Stream<SeenLockfile> all = node.store().lockfiles()) {
      all.forEach(node.gate().usageLog().lockfileSightings()::passOn);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "lockfiles that other nodes received are not listed yet: {0}",
          e.getMessage());
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      lock.lock();
      try {
        allLockfiles = true;
      } finally {
        lock.unlock();
      }
    }
  }

  /// Takes note that what was due is read, unless it changed again meanwhile.
  private void ended() {
    lock.lock();
    try {
      if (!due.contains(Part.FEEDS) && !due.contains(Part.AUDITS)) {
        loadingSince = 0;
      }
      if (!due.contains(Part.SNAPSHOT)) {
        switches = false;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Returns why the node may not answer a request with what it has in heap, as a sentence for
  /// people; empty if it may. Waits some seconds for a snapshot that another node put in force.
  public Optional<String> refusal() {
    long since = loadingSince;
    if (since != 0 && System.nanoTime() - since > LONGEST_LOADING.toNanos()) {
      return Optional.of(
          "this node cannot read the advisory feeds or audits that another node stored; try again");
    }
    return switches && !awaitSwitch()
        ? Optional.of("this node changes to another snapshot; try again")
        : Optional.empty();
  }

  private boolean awaitSwitch() {
    long nanos = LONGEST_SWITCH.toNanos();
    lock.lock();
    try {
      while (switches && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return !switches;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the thread that reads.
  @Override
  public void close() {
    Thread running;
    lock.lock();
    try {
      closed = true;
      running = thread;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (running != null) {
      running.interrupt();
      try {
        boolean _ = running.join(Duration.ofSeconds(5));
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
