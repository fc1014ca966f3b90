package lazaret.storage.rocks;

import java.time.Clock;
import java.util.concurrent.locks.ReentrantLock;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// The step from a written commit to an acknowledged one: the log is synced, then the head. Commits
/// that wait at the same time share both syncs: the first one in turn syncs for all that are
/// written by then. Thread-safe; blocks on the disk.
final class Acknowledgements implements AutoCloseable {
  private final DatabaseGuard engine;
  private final HeadFile head;
  private final DiskExecutor writers;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock(true);

  private volatile @Nullable Tip written;

  /// The copy of the ledger that is extended before a commit is acknowledged.
  private volatile LedgerSink ledgerCopy = (_, _) -> {};

  // Both guarded by turn.
  private @Nullable Tip acknowledged;
  private boolean closed;

  /// A copy of the ledger outside of the database.
  interface LedgerSink {
    /// Extends the copy up to an entry, on disk.
    void catchUp(long sequence, Sha256 hash);
  }

  /// Registers a copy of the ledger that is extended from now on.
  void ledgerCopy(LedgerSink copy) {
    ledgerCopy = copy;
  }

  Acknowledgements(DatabaseGuard engine, HeadFile head, DiskExecutor writers, Clock clock) {
    this.engine = engine;
    this.head = head;
    this.writers = writers;
    this.clock = clock;
  }

  /// The newest numbered commit, and the end of the ledger after it.
  ///
  /// @param generation the engine's generation in which it was written
  record Tip(long commit, long sequence, Sha256 hash, long generation) {}

  /// Records the newest written commit; callers take turns.
  void written(Tip tip) {
    written = tip;
  }

  /// Waits until a commit and all commits before it are on disk and recorded in the head.
  ///
  /// @throws StoreException if that fails; the commit may or may not survive then
  void await(Tip mine) {
    turn.lock();
    try {
      Tip done = acknowledged;
      if (done != null
          && done.generation() == mine.generation()
          && done.commit() >= mine.commit()) {
        return;
      }
      requireOpen();
      Tip upTo = written;
      if (upTo == null || upTo.generation() != mine.generation()) {
        throw unconfirmed();
      }
      writers.run(
          () -> {
            if (engine.sync() != mine.generation()) {
              throw unconfirmed();
            }
            ledgerCopy.catchUp(upTo.sequence(), upTo.hash());
            head.write(
                new HeadFile.Head(upTo.commit(), upTo.sequence(), upTo.hash(), clock.instant()));
            return true;
          });
      acknowledged = upTo;
    } finally {
      turn.unlock();
    }
  }

  /// Records the newest commit, whether its caller waits for the disk or not.
  void settle() {
    Tip newest = written;
    if (newest != null && newest.generation() == engine.generation()) {
      await(newest);
    }
  }

  /// Records the newest commit before the store is closed. A failure is logged.
  void settleAtClose() {
    try {
      settle();
    } catch (StoreException e) {
      System.getLogger(Acknowledgements.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "closing the store without a record of its last write: {0}",
              e.getMessage());
    }
  }

  /// Makes a commit the acknowledged one after an accepted loss.
  void accept(Tip tip) {
    turn.lock();
    try {
      requireOpen();
      written = tip;
      writers.run(
          () -> {
            engine.sync();
            ledgerCopy.catchUp(tip.sequence(), tip.hash());
            head.write(
                new HeadFile.Head(tip.commit(), tip.sequence(), tip.hash(), clock.instant()));
            return true;
          });
      acknowledged = tip;
    } finally {
      turn.unlock();
    }
  }

  /// Returns the recorded number of the last acknowledged commit; 0 if none is recorded.
  long recorded() {
    turn.lock();
    try {
      return head.head().map(HeadFile.Head::commit).orElse(0L);
    } finally {
      turn.unlock();
    }
  }

  /// Closes the head, after the commit in turn has been recorded. Commits that wait for their turn
  /// fail, because they would open the head again.
  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      head.close();
    } finally {
      turn.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw StoreFailures.closed();
    }
  }

  private static StoreException unconfirmed() {
    return new StoreException(
        ErrorCode.STORE_FAILED,
        "cannot confirm a write: the store recovered from a failure meanwhile; look with"
            + " 'vetting-cli log' whether it was recorded",
        null);
  }
}
