package lazaret.sandbox.relay;

import java.time.Duration;

/// The limits of the relay.
///
/// @param connections the number of concurrent connections; further ones are closed at once
/// @param requests the number of requests in a session
/// @param headBytes the length of a request head in bytes: its request line and its headers
/// @param headTime the time from the first byte of a request, or from the connection, to the end of
///   its head
/// @param idleTime the time between two requests; cargo expects a minute
/// @param writeTime the time in which the client must accept some bytes of a response
/// @param responseTime the time in which the gate must send some bytes
/// @param responseBytes the length of a response in bytes
public record RelayLimits(
    int connections,
    int requests,
    int headBytes,
    Duration headTime,
    Duration idleTime,
    Duration writeTime,
    Duration responseTime,
    long responseBytes) {
  /// The defaults, far above the needs of cargo for the largest workspaces.
  public static final RelayLimits DEFAULTS =
      new RelayLimits(
          64,
          200_000,
          8 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          1L << 30);
}
