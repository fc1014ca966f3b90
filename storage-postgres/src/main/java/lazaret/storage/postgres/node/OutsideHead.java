package lazaret.storage.postgres.node;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import lazaret.storage.files.DataFolderFiles;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectStore;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.storage.postgres.CommitPosition;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The record of the last acknowledged commit outside of the database. It is a file of this node,
/// and an object for each commit, of which two are kept. Decisions go on if one of both fails,
/// because the database has them on two machines. The log then names a failure of the file, and
/// health an object that is late. If both fail, health says so, and decisions end after a while.
/// Thread-safe.
final class OutsideHead implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(OutsideHead.class.getName());

  /// The limit of the wait for the object store before a commit is acknowledged.
  private static final Duration LONGEST_WAIT = Duration.ofMillis(300);

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final HeadObjects objects;
  private final NodeHeadFile file;
  private final Place place;
  private final InstantSource clock;
  private final Thread writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // All guarded by lock.
  private @Nullable ObjectHead newest;
  private @Nullable ObjectHead own;
  private @Nullable ObjectHead put;
  private long behindSince;
  private long unrecordedSince;
  private boolean unfiled;
  private long filedAt = System.nanoTime();
  private boolean closed;

  /// True if the last attempt of the writer failed. Of the writer alone.
  private boolean fails;

  /// The place of the heads of one node.
  ///
  /// @param node the name of the node
  /// @param timeline returns the timeline of the database
  record Place(
      NodeRows.Registration registration, String node, Path dataDir, IntSupplier timeline) {
    /// Returns the file of the node.
    Path file() {
      return dataDir.resolve(DataFolderFiles.HEAD_OF_CLUSTER + registration.cluster());
    }
  }

  /// Reads the heads of all nodes, as far as the object store answers.
  ///
  /// @throws StoreException with code `store-unavailable` if it does not, and this node has no
  ///   file: a database that was set back would not be noticed
  OutsideHead(ObjectStore objects, Place place, InstantSource clock) {
    this.objects = new HeadObjects(objects, place);
    this.file = new NodeHeadFile(place.file());
    this.place = place;
    this.clock = clock;
    this.writer = Thread.ofVirtual().name("head objects").unstarted(this::write);
    if (!isRead() && file.found().isEmpty() && file.unreadable().isEmpty()) {
      throw new StoreException(
          ErrorCode.STORE_UNAVAILABLE,
          "cannot open the store in PostgreSQL: expected a record of the last write in the folder '%s' or an answer of the object store, found no record and '%s'; repair the object store, and start again"
              .formatted(place.dataDir(), this.objects.failure()),
          null);
    }
  }

  /// Begins to write objects.
  void start() {
    writer.start();
  }

  /// Returns whether the heads in the object store were read. Until then, [#all] lacks them.
  boolean isRead() {
    return objects.isRead();
  }

  /// Returns why the file of this node cannot be read; empty if it can, or there is none.
  Optional<String> unreadable() {
    return file.unreadable();
  }

  /// Takes note that a person accepted that the file could not be read. It was written again.
  void readable() {
    file.readable();
  }

  /// Returns all heads that are known here.
  Collection<ObjectHead> all() {
    List<ObjectHead> all = new ArrayList<>(objects.heads());
    file.found().ifPresent(all::add);
    lock.lock();
    try {
      if (newest != null) {
        all.add(newest);
      }
    } finally {
      lock.unlock();
    }
    return all;
  }

  /// Returns the greatest counter of all heads; 0 if there are none.
  ///
  /// @param losses heads from before this number of accepted losses are ignored
  long greatest(int losses) {
    return all().stream()
        .filter(head -> head.losses() >= losses)
        .mapToLong(ObjectHead::counter)
        .max()
        .orElse(0);
  }

  /// Records a commit of this node before it is acknowledged.
  void acknowledge(CommitPosition position) {
    ObjectHead head = head(position);
    lock.lock();
    try {
      learn(head);
      ObjectHead before = own;
      if (before == null || head.follows(before)) {
        if (before == null || isPut(before)) {
          behindSince = System.nanoTime();
        }
        if (before == null || isRecorded(before)) {
          unrecordedSince = System.nanoTime();
        }
        own = head;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    file.write(this::newest);
    awaitObject(head);
  }

  /// Takes note of a commit that a beat showed. Its own node has recorded it as an object.
  void observe(NodeRows.Beat.Position position) {
    var batch = position.batch();
    if (batch == null) {
      return;
    }
    lock.lock();
    try {
      learn(
          head(
              new CommitPosition(
                  position.counter(),
                  batch,
                  position.sequence(),
                  position.hash(),
                  position.losses())));
    } finally {
      lock.unlock();
    }
  }

  private ObjectHead head(CommitPosition position) {
    return new ObjectHead(
        position.counter(),
        position.losses(),
        position.batch(),
        position.sequence(),
        position.hash(),
        clock.instant(),
        place.registration().systemIdentifier(),
        place.timeline().getAsInt());
  }

  /// The caller has the lock.
  private void learn(ObjectHead head) {
    if (newest == null || head.follows(newest)) {
      newest = head;
      unfiled = true;
      changed.signalAll();
    }
  }

  private @Nullable ObjectHead newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  private void awaitObject(ObjectHead head) {
    long nanos = LONGEST_WAIT.toNanos();
    lock.lock();
    try {
      while (!isPut(head) && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Returns for how long the last acknowledged commit of this node is not recorded as an object.
  Duration lag() {
    lock.lock();
    try {
      return own == null || isPut(own)
          ? Duration.ZERO
          : Duration.ofNanos(System.nanoTime() - behindSince);
    } finally {
      lock.unlock();
    }
  }

  /// Returns for how long the last acknowledged commit of this node is neither in the file nor an
  /// object. Both are tried again each second.
  Duration unrecorded() {
    lock.lock();
    try {
      return own == null || isRecorded(own)
          ? Duration.ZERO
          : Duration.ofNanos(System.nanoTime() - unrecordedSince);
    } finally {
      lock.unlock();
    }
  }

  /// The caller has the lock.
  private boolean isRecorded(ObjectHead head) {
    return isPut(head) || file.has(head);
  }

  /// The caller has the lock.
  private boolean isPut(ObjectHead head) {
    return put != null && !head.follows(put);
  }

  /// Refuses another decision if the last commit has no record for too long.
  ///
  /// @throws StoreException with code `store-unavailable` if so
  void requireRecord(Duration longest) {
    Duration since = unrecorded();
    if (since.compareTo(longest) > 0) {
      throw new StoreException(
          ErrorCode.STORE_UNAVAILABLE,
          "cannot record a decision: expected a record of the last write outside of the database, found none in the folder '%s' or the object store for %d s; repair one of both, and try again"
              .formatted(place.dataDir(), since.toSeconds()),
          null);
    }
  }

  private void write() {
    try {
      while (awaitWork()) {
        if (!record()) {
          TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes what is not written, and reads what is not read. A failure is logged once.
  ///
  /// @return false if the next attempt must wait
  private boolean record() {
    try {
      file.write(this::newest);
      try {
        putPending();
      } finally {
        if (objects.isReadDue() && objects.read()) {
          LOG.log(System.Logger.Level.INFO, "the heads in the object store were read");
        }
      }
      fails = false;
      return true;
    } catch (ObjectStoreException e) {
      if (!fails) {
        LOG.log(System.Logger.Level.WARNING, "a head is not an object yet: {0}", e.getMessage());
      }
    } catch (RuntimeException e) {
      if (!fails) {
        LOG.log(System.Logger.Level.ERROR, "heads are not recorded, and are tried again", e);
      }
    }
    fails = true;
    return false;
  }

  /// Waits for a head that is not written, or heads that are not read. Those that beats show are
  /// written once a second.
  ///
  /// @return false if all is written and no more will come
  private boolean awaitWork() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && !isPending() && !isFileDue() && !objects.isReadDue()) {
        long _ = changed.awaitNanos(PAUSE.toNanos());
      }
      unfiled = false;
      filedAt = System.nanoTime();
      return !closed || isPending();
    } finally {
      lock.unlock();
    }
  }

  /// The caller has the lock.
  private boolean isFileDue() {
    return unfiled && System.nanoTime() - filedAt >= PAUSE.toNanos();
  }

  /// Returns the head of the last acknowledged commit if it is not an object yet; null if it is.
  private @Nullable ObjectHead pending() {
    lock.lock();
    try {
      return isPending() ? own : null;
    } finally {
      lock.unlock();
    }
  }

  /// The caller has the lock.
  private boolean isPending() {
    return own != null && !isPut(own);
  }

  /// Puts the head that is not an object yet, if there is one, and deletes older ones of this node.
  private void putPending() throws ObjectStoreException {
    ObjectHead head = pending();
    if (head != null) {
      objects.put(head);
      confirmed(head);
      objects.deleteOld();
    }
  }

  private void confirmed(ObjectHead head) {
    lock.lock();
    try {
      put = head;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Ends the writing of objects.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    file.write(this::newest);
    try {
      if (writer.isAlive() && !writer.join(Duration.ofSeconds(3))) {
        writer.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
