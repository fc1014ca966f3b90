package lazaret.results;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import lazaret.vetting.Deadline;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.SignalCode;

/// Used results that are inspected here all the same. The artifacts are in heap, so that few of
/// them wait; others are inspected at once. Thread-safe.
final class ResultCheckQueue {
  /// The maximum number of results that wait.
  static final int MAX = 16;

  private static final int MAX_BYTES = 8 << 20;

  /// The time within which findings are stored after their use; a store that refuses writes stores
  /// none.
  private static final Duration STORED_WITHIN = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private final InspectLimits limits;
  private final ResultRows rows;
  private final Consumer<ResultRows.Used> wrong;
  private final BlockingQueue<Check> waiting = new ArrayBlockingQueue<>(MAX);

  /// Creates an empty queue.
  ///
  /// @param rows the stored uses of results
  /// @param wrong receives each source of a wrong result
  ResultCheckQueue(InspectLimits limits, ResultRows rows, Consumer<ResultRows.Used> wrong) {
    this.limits = limits;
    this.rows = rows;
    this.wrong = wrong;
  }

  /// A result to check.
  ///
  /// @param claimed the findings of the result
  record Check(
      VerifiedCrate crate, Inspector.Expected expected, Findings claimed, ResultRows.Used used) {}

  /// Adds a result, or checks it at once if there is no room.
  ///
  /// @return false if the check found that the result is wrong
  boolean admits(Check check) {
    boolean waits = check.crate().bytes().length() <= MAX_BYTES && waiting.offer(check);
    return waits || isRight(check);
  }

  /// Waits for the next result.
  Check take() throws InterruptedException {
    return waiting.take();
  }

  /// Checks a result once its use is stored. The inspections after a revocation find stored uses
  /// only.
  void check(Check next) throws InterruptedException {
    long end = System.nanoTime() + STORED_WITHIN.toNanos();
    while (!isStored(next.used()) && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
    }
    boolean _ = isRight(next);
  }

  private boolean isStored(ResultRows.Used used) {
    return rows.used(used.id().cksum()).filter(used::equals).isPresent();
  }

  /// Returns whether an inspection finds what the result says, and reports the source of a wrong
  /// one. An inspection that runs out of time proves nothing.
  boolean isRight(Check check) {
    Findings found = Inspector.inspect(check.crate(), limits, check.expected(), Deadline.MONOTONIC);
    boolean late = found.signals().stream().anyMatch(s -> s.code() == SignalCode.TOO_SLOW);
    boolean right = late || found.equals(check.claimed());
    if (!right) {
      wrong.accept(check.used());
    }
    return right;
  }
}
