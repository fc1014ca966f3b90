package lazaret.cli.report;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// One line that says how far something is. Thread-safe.
public final class Progress implements AutoCloseable {
  private static final int WIDTH = 72;

  private final @Nullable PrintStream err;
  private final int total;
  private int done;

  Progress(@Nullable PrintStream err, int total) {
    this.err = err;
    this.total = total;
  }

  /// Counts one step.
  ///
  /// @param what what was done
  public synchronized void step(String what) {
    done++;
    if (err != null) {
      String line = "[%d/%d] %s".formatted(done, total, Plain.line(what));
      // Carriage return, then erase to the end of the line (ECMA-48, 8.3.41, EL).
      err.print("\r" + line.substring(0, Math.min(WIDTH, line.length())) + "\u001b[K");
      err.flush();
    }
  }

  /// Takes the line away.
  @Override
  public synchronized void close() {
    if (err != null && done > 0) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
