package lazaret.sandbox.cargo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// A stream that passes on the output of a build and counts the crates that cargo has compiled. A
/// crate counts when cargo begins the next one. Not thread-safe.
public final class CargoBuildWatch extends OutputStream {
  /// The beginning of the line about a crate that cargo compiles.
  private static final byte[] BEGIN = "   Compiling ".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream rest;
  private final Runnable compiled;

  /// The number of bytes of the line that equal [#BEGIN], or -1 after another byte.
  private int equal;

  private boolean first = true;

  /// Creates a stream.
  ///
  /// @param rest the destination of all output
  /// @param compiled called once for each compiled crate except the last one
  public CargoBuildWatch(OutputStream rest, Runnable compiled) {
    this.rest = rest;
    this.compiled = compiled;
  }

  @Override
  public void write(int b) throws IOException {
    note((byte) b);
    rest.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int i = from; i < from + length; i++) {
      note(bytes[i]);
    }
    rest.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    rest.flush();
  }

  private void note(byte next) {
    if (next == '\n') {
      equal = 0;
    } else if (equal >= 0 && equal < BEGIN.length) {
      equal = BEGIN[equal] == next ? equal + 1 : -1;
      if (equal == BEGIN.length) {
        if (!first) {
          compiled.run();
        }
        first = false;
      }
    }
  }
}
