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
    String digits = Long.toString(random, 36);
    // Eight digits always, so that texts with it have one length.
    prefix = "0".repeat(8 - digits.length()) + digits + "-";
  }

  String next() {
    return prefix + Long.toString(count.incrementAndGet(), 36);
  }
}
