package lazaret.sandbox.output;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/// A stream that keeps the last bytes of what is written. Thread-safe.
public final class OutputExcerpt extends OutputStream {
  private static final int KEPT = 1_500;

  private final byte[] ring = new byte[KEPT];
  private final ReentrantLock lock = new ReentrantLock();
  private long written;

  @Override
  public void write(int value) {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    lock.lock();
    try {
      for (int i = Math.max(0, length - KEPT); i < length; i++) {
        ring[(int) (written++ % KEPT)] = bytes[offset + i];
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns the kept lines in one line.
  public String text() {
    lock.lock();
    try {
      int length = (int) Math.min(written, KEPT);
      byte[] kept = new byte[length];
      for (int i = 0; i < length; i++) {
        kept[i] = ring[(int) ((written - length + i) % KEPT)];
      }
      return new String(kept, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .collect(Collectors.joining("; "));
    } finally {
      lock.unlock();
    }
  }
}
