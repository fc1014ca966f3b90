package lazaret.mirror.http;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/// Names for requests: short enough to read out on a telephone, unique across restarts.
/// Thread-safe.
final class RequestIds {
  private final String prefix;
  private final AtomicLong count = new AtomicLong();

  RequestIds() {
    long random = new SecureRandom().nextLong() & 0xff_ffff_ffffL;
    prefix = Long.toString(random, 36) + "-";
  }

  String next() {
    return prefix + Long.toString(count.incrementAndGet(), 36);
  }
}
