package lazaret.cli.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import lazaret.vetting.text.Printable;
import org.jspecify.annotations.Nullable;

/// A terminal line with the number of completed steps. After 3 seconds it also shows the remaining
/// time at the average speed so far. Prints only on a terminal. Thread-safe.
public final class ProgressLine implements AutoCloseable {
  private static final int WIDTH = 72;

  private final @Nullable PrintStream err;
  private final int total;
  private final LongSupplier nanos;
  private final long begun;
  private int done;

  /// Creates the line.
  ///
  /// @param err the terminal, or null to print nothing
  /// @param total the number of steps
  /// @param nanos a monotonic clock in nanoseconds
  ProgressLine(@Nullable PrintStream err, int total, LongSupplier nanos) {
    this.err = err;
    this.total = total;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /// Counts one step.
  ///
  /// @param what the step in a few words
  public synchronized void step(String what) {
    done++;
    if (err != null) {
      String left = TimeLeft.words(nanos.getAsLong() - begun, done, total);
      String line = "[%d/%d%s] %s".formatted(done, total, left, Printable.line(what));
      // Carriage return, then erase to the end of the line (ECMA-48, 8.3.41, EL).
      err.print("\r" + line.substring(0, Math.min(WIDTH, line.length())) + "\u001b[K");
      err.flush();
    }
  }

  /// Removes the line.
  @Override
  public synchronized void close() {
    if (err != null && done > 0) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
