package lazaret.cli.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// A terminal line with the awaited work, the seconds so far, and the completed share if it is
/// known. Prints only on a terminal. The line is removed at the end.
public final class WaitLine implements AutoCloseable {
  private static final Duration TICK = Duration.ofSeconds(1);

  private final @Nullable PrintStream err;
  private final @Nullable Thread ticks;

  /// Starts to print.
  ///
  /// @param err the terminal, or null to print nothing
  /// @param done the completed share, requested once a second; may block
  WaitLine(@Nullable PrintStream err, String what, Supplier<ProgressShare> done) {
    this.err = err;
    this.ticks =
        err == null
            ? null
            : Thread.ofVirtual()
                .name("waiting")
                .start(() -> tick(err, new ProgressWaitLine(Printable.line(what)), done));
  }

  private static void tick(PrintStream err, ProgressWaitLine line, Supplier<ProgressShare> done) {
    try {
      ProgressShare share = ProgressShare.UNKNOWN;
      while (true) {
        // Carriage return, then erase to the end of the line (ECMA-48, 8.3.41, EL).
        err.print("\r" + line.text(System.nanoTime(), share) + "\u001b[K");
        err.flush();
        Thread.sleep(TICK);
        share = done.get();
      }
    } catch (InterruptedException _) {
      // The wait has ended.
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
