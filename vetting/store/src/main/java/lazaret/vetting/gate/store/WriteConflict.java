package lazaret.vetting.gate.store;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import lazaret.vetting.ErrorCode;

/// The answer to a conflict between nodes: the action is run again and reads what the other node
/// wrote.
public final class WriteConflict {
  private static final int ATTEMPTS = 10;
  private static final long LEAST_MILLIS = 5;
  private static final long MOST_MILLIS = 200;

  private WriteConflict() {}

  /// Runs an action, and again after a pause while its commit fails with `store-conflict`, at most
  /// ten times.
  ///
  /// @param action reads all that it changes, and has no other effect before its commit than one
  ///   that may happen twice
  /// @throws StoreException with code `store-conflict` if the last attempt failed, too
  public static <T> T repeat(Supplier<T> action) {
    for (int attempt = 1; ; attempt++) {
      try {
        return action.get();
      } catch (StoreException e) {
        if (e.code() != ErrorCode.STORE_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  /// Waits for a random time, so that two nodes do not meet again.
  private static void pause(int attempt, StoreException conflict) {
    long most = Math.min(MOST_MILLIS, (2 * LEAST_MILLIS) << attempt);
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(LEAST_MILLIS, most + 1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw conflict;
    }
  }
}
