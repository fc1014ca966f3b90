package lazaret.mirror.clients;

import java.time.Duration;

/// The limits on client connections.
///
/// @param max connections at once
/// @param incomplete connections at once that have not sent a whole request head: a quarter
/// @param perClient connections at once of one client: half
/// @param head the time from the first byte of a request head, or from the connection, to its last
/// @param idle the time between two requests
public record ConnectionLimits(
    int max, int incomplete, int perClient, Duration head, Duration idle) {
  private static final int LEAST = 16;

  /// Derives the shares from the whole.
  public static ConnectionLimits of(int max, Duration head, Duration idle) {
    return new ConnectionLimits(max, share(max, 4), share(max, 2), head, idle);
  }

  private static int share(int max, int parts) {
    return Math.min(max, Math.max(LEAST, max / parts));
  }
}
