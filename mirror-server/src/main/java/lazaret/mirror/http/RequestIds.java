package lazaret.mirror.http;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The generator of request ids: 128 random bits as 32 hexadecimal digits. Ids are unique and
/// cannot be guessed, but are not secret. Thread-safe.
public final class RequestIds {
  private static final int BYTES = 16;

  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock lock = new ReentrantLock();

  // guarded by lock: many ids are drawn at once, because each call of the generator is expensive
  private final byte[] drawn = new byte[BYTES * 64];
  private int used = drawn.length;

  /// Returns an id that is drawn when it is asked for the first time. Refusals, traces and the
  /// access log ask for it.
  public Supplier<String> later() {
    return new Later();
  }

  private final class Later implements Supplier<String> {
    // guarded by this
    private @Nullable String id;

    @Override
    public synchronized String get() {
      String known = id;
      if (known == null) {
        known = next();
        id = known;
      }
      return known;
    }
  }

  /// Returns the next random id.
  public String next() {
    lock.lock();
    try {
      if (used == drawn.length) {
        random.nextBytes(drawn);
        used = 0;
      }
      used += BYTES;
      return HexFormat.of().formatHex(drawn, used - BYTES, used);
    } finally {
      lock.unlock();
    }
  }
}
