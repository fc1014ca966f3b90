package lazaret.vetting.progress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import lazaret.vetting.text.Printable;

/// The printer of the progress of one operation on a stream, usually standard error. Other output
/// on the same stream removes the line first, and the line is not printed into an unfinished line.
/// Thread-safe.
public final class ProgressPrinter {
  private final PrintStream err;
  private final ProgressMode mode;
  private final String what;
  private final int columns;

  // The following are guarded by this.
  private boolean shown;
  private boolean hidden;
  private boolean free = true;

  /// Creates a printer.
  ///
  /// @param err the stream; for [ProgressMode#LINE] a terminal
  /// @param what the work, for example `checking the store`
  /// @param columns the width of the terminal
  public ProgressPrinter(PrintStream err, ProgressMode mode, String what, int columns) {
    this.err = err;
    this.mode = mode;
    this.what = Printable.line(what);
    this.columns = columns;
  }

  boolean silent() {
    return mode == ProgressMode.NONE;
  }

  /// Prints the progress.
  ///
  /// @param passed the time since the start
  synchronized void print(ProgressInfo info, Duration passed) {
    if (hidden || !free) {
      return;
    }
    switch (mode) {
      case LINE -> {
        // Carriage return, then erase to the end of the line (ECMA-48, 8.3.41, EL).
        err.print("\r" + ProgressText.of(what, info, passed, columns - 1) + "\u001b[K");
        err.flush();
        shown = true;
      }
      case JSON -> {
        if (!info.share().equals(ProgressShare.UNKNOWN)) {
          json(info);
        }
      }
      case NONE -> {}
    }
  }

  /// Removes the line, or prints the last JSON line.
  synchronized void end(ProgressInfo info) {
    clear();
    if (mode == ProgressMode.JSON) {
      if (!free) {
        err.println();
      }
      json(info);
    }
  }

  /// Removes the line and prints nothing until [#resume].
  synchronized void hide() {
    clear();
    hidden = true;
  }

  synchronized void resume() {
    hidden = false;
  }

  /// Prints a text on a line of its own.
  synchronized void note(String text) {
    clear();
    err.println(Printable.line(text));
  }

  private void json(ProgressInfo info) {
    err.println(info.json().text());
    err.flush();
  }

  private void clear() {
    if (shown) {
      err.print("\r\u001b[K");
      err.flush();
      shown = false;
    }
  }

  /// Returns standard error for the output of a program that runs meanwhile.
  OutputStream beside() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        synchronized (ProgressPrinter.this) {
          clear();
          err.write(bytes, from, length);
          err.flush();
          free = length == 0 ? free : bytes[from + length - 1] == '\n';
        }
      }
    };
  }
}
