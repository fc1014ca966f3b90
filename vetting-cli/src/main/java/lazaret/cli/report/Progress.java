package lazaret.cli.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One line on a terminal that says how many steps of a work are done, and after three seconds how
/// long the rest will take at the speed so far. Nothing is printed elsewhere. Thread-safe.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 72;

  private final @Nullable PrintStream err;
  private final int total;
  private final LongSupplier nanos;
  private final long begun;
  private int done;

  /// Creates the line.
  ///
  /// @param err the terminal; null to print nothing
  /// @param nanos a clock that only moves forward, in nanoseconds
  Progress(@Nullable PrintStream err, int total, LongSupplier nanos) {
    this.err = err;
    this.total = total;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
  }

  /// Counts one step.
  ///
  /// @param what the step, in a few words
  public synchronized void step(String what) {
    done++;
    if (err != null) {
      String left = TimeLeft.words(nanos.getAsLong() - begun, done, total);
      String line = "[%d/%d%s] %s".formatted(done, total, left, Plain.line(what));
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
