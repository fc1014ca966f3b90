package lazaret.sandbox.gate;

import java.time.Duration;

/// How much of everything the relay takes.
///
/// @param connections at one time; more are closed at once
/// @param requests over the whole session
/// @param headBytes of one request, its line and its headers
/// @param headTime from the first byte of a request, or from the connection, to the end of its head
/// @param idleTime between two requests; cargo expects a minute
/// @param writeTime without one byte of an answer being taken
/// @param answerTime without one byte from the gate
/// @param answerBytes of one answer
public record GateLimits(
    int connections,
    int requests,
    int headBytes,
    Duration headTime,
    Duration idleTime,
    Duration writeTime,
    Duration answerTime,
    long answerBytes) {
  /// Far beyond what cargo needs for the largest workspaces.
  public static final GateLimits DEFAULTS =
      new GateLimits(
          64,
          200_000,
          8 << 10,
          Duration.ofSeconds(10),
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          1L << 30);
}
