package lazaret.vetting.gate.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lazaret.vetting.TimeSpan;
import org.jspecify.annotations.Nullable;

/// The limit of inspections that refused downloads start, each of which is a request to upstream.
/// It applies within an hour, by client and in total. Thread-safe.
public final class InspectionLimit {
  /// The maximum number of inspections for one client within an hour.
  public static final int CLIENT_AN_HOUR = 500;

  /// The maximum number of inspections for all clients without a token within an hour.
  public static final int ANONYMOUS_AN_HOUR = 5_000;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MAX_CLIENTS = 10_000;

  private final DropCounts dropped;
  // guarded by this
  private @Nullable TimeSpan hour;
  private int anonymous;
  private final Map<String, Integer> clients = new HashMap<>();

  /// Creates a limit.
  ///
  /// @param dropped the counts, to which refused inspections are added
  public InspectionLimit(DropCounts dropped) {
    this.dropped = dropped;
  }

  /// Returns whether an inspection may start for a client, and counts it.
  ///
  /// @param token the client's token; null if it has none
  /// @param address the client's IP address
  public synchronized boolean admits(@Nullable String token, String address, Instant now) {
    if (hour == null || !hour.holds(now)) {
      hour = TimeSpan.from(now, HOUR);
      clients.clear();
      anonymous = 0;
    }
    String client = token == null ? ClientNetwork.of(address) : "token " + token;
    int before = clients.getOrDefault(client, 0);
    boolean full = before == 0 && clients.size() >= MAX_CLIENTS;
    boolean spent = token == null && anonymous >= ANONYMOUS_AN_HOUR;
    if (full || spent || before >= CLIENT_AN_HOUR) {
      dropped.add(DropKind.INSPECTIONS, 1);
      return false;
    }
    clients.put(client, before + 1);
    anonymous += token == null ? 1 : 0;
    return true;
  }
}
