package lazaret.cli.report;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One line on a terminal that says what is waited for, and for how many seconds. Nothing is
/// printed elsewhere. The line is removed at the end.
public final class Waiting implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final @Nullable PrintStream err;
  private final @Nullable Thread ticks;

  Waiting(@Nullable PrintStream err, String what) {
    this.err = err;
    this.ticks =
        err == null
            ? null
            : Thread.ofVirtual().name("waiting").start(() -> tick(err, Plain.line(what)));
  }

  private static void tick(PrintStream err, String what) {
    try {
      for (long seconds = 0; ; seconds++) {
        // Carriage return, then erase to the end of the line (ECMA-48, 8.3.41, EL).
        err.print("\r" + what + ", " + seconds + " s\u001b[K");
        err.flush();
        Thread.sleep(TICK);
      }
    } catch (InterruptedException _) {
      // The end of the wait.
    }
  }

  /// Removes the line.
  @Override
  public void close() {
    if (err == null || ticks == null) {
      return;
    }
    ticks.interrupt();
    try {
      ticks.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    err.print("\r\u001b[K");
    err.flush();
  }
}
