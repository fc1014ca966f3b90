package lazaret.vetting.gate.shares;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/// A rate that clients divide among themselves. A client has a share of its own: a quarter, or less
/// if more than four clients are active. Beyond its share it may use what the others leave. A burst
/// of ten seconds is allowed, for one client and for all. Thread-safe.
final class FairShare {
  private static final int BURST_SECONDS = 10;
  private static final int SHARES = 4;

  /// The maximum number of clients that are remembered. The longest silent one is evicted first.
  private static final int MAX_CLIENTS = 10_000;

  /// The time for which a client counts as active after a request, in seconds.
  private static final double ACTIVE_SECONDS = 10;

  private final double rate;
  private final LongSupplier nanos;
  private final SequencedMap<String, Account> accounts = new LinkedHashMap<>(64, 0.75f, true);
  private double pool;
  private long refilledAt;

  private static final class Account {
    private double tokens;
    private long at;

    private Account(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }

  /// Creates a rate without clients.
  ///
  /// @param rate the whole rate, in requests a second
  /// @param nanos a clock that never goes back
  FairShare(double rate, LongSupplier nanos) {
    this.rate = rate;
    this.nanos = nanos;
    this.pool = rate * BURST_SECONDS;
    this.refilledAt = nanos.getAsLong();
  }

  /// Takes one request.
  ///
  /// @return empty if it was taken, or the time until the client's share has one again
  synchronized Optional<Duration> take(String client) {
    long now = nanos.getAsLong();
    double burst = rate * BURST_SECONDS;
    pool = Math.min(burst, pool + seconds(refilledAt, now) * rate);
    refilledAt = now;
    int shares = Math.max(SHARES, active(now) + (accounts.containsKey(client) ? 0 : 1));
    Account account = accounts.computeIfAbsent(client, _ -> new Account(burst / shares, now));
    account.tokens =
        Math.min(
            Math.max(1, burst / shares), account.tokens + seconds(account.at, now) * rate / shares);
    account.at = now;
    if (accounts.size() > MAX_CLIENTS) {
      accounts.pollFirstEntry();
    }
    if (account.tokens >= 1) {
      account.tokens -= 1;
      pool = Math.max(-burst, pool - 1);
      return Optional.empty();
    }
    if (pool > burst / 2) {
      pool -= 1;
      return Optional.empty();
    }
    double missing = (1 - account.tokens) / (rate / shares);
    return Optional.of(Duration.ofNanos((long) (missing * 1e9) + 1));
  }

  /// Takes one request, as soon as the client's share has one.
  ///
  /// @param patience the maximum wait
  /// @return empty if it was taken, or the time until the client's share has one again
  Optional<Duration> take(String client, Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    Optional<Duration> pause = take(client);
    while (pause.isPresent() && System.nanoTime() + pause.get().toNanos() < until) {
      if (!slept(pause.get())) {
        return pause;
      }
      pause = take(client);
    }
    return pause;
  }

  private static boolean slept(Duration pause) {
    try {
      Thread.sleep(pause.plusMillis(1));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static double seconds(long from, long to) {
    return Math.max(0, to - from) / 1e9;
  }

  /// Returns the number of active clients.
  private int active(long now) {
    int count = 0;
    for (Account account : accounts.sequencedValues().reversed()) {
      if (seconds(account.at, now) > ACTIVE_SECONDS) {
        break;
      }
      count++;
    }
    return count;
  }

  synchronized int clients() {
    return accounts.size();
  }
}
