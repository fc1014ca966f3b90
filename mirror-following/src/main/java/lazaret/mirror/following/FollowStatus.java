package lazaret.mirror.following;

import java.time.Duration;
import java.time.Instant;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.deskapi.store.FollowReply;
import org.jspecify.annotations.Nullable;

/// The state of following at one moment.
///
/// @param reply the state as the desk shows it
/// @param begun the moment from which the registry is followed; null if that never began
/// @param counts the counters since the start of the program
public record FollowStatus(FollowReply reply, @Nullable Instant begun, Counts counts) {
  /// The age of the stored crates from which a person should act.
  public static final Duration LATE = Duration.ofHours(2);

  /// The state of a gate that follows no registry.
  public static final FollowStatus OFF =
      new FollowStatus(
          new FollowReply(FollowMode.OFF, null, false, null, 0, 0, null, 0, 0, 0, null, null),
          null,
          new Counts(0, 0, 0, 0));

  /// The counters since the start of the program.
  ///
  /// @param requests the requests for index files, artifacts, feeds, dumps and lockfiles
  /// @param bytes about the bytes of their responses
  /// @param artifacts the artifacts that were fetched ahead
  /// @param failures the requests that failed
  public record Counts(long requests, long bytes, long artifacts, long failures) {}

  /// Returns whether the registry is followed.
  public boolean follows() {
    return reply.mode() != FollowMode.OFF;
  }

  /// Returns the time for which releases have been missing, or zero if none are.
  public Duration age(Instant now) {
    Instant current = reply.currentUntil();
    Instant from = current == null ? begun : current;
    return from == null || from.isAfter(now) ? Duration.ZERO : Duration.between(from, now);
  }

  /// Returns whether the stored crates are so old that a person should act.
  public boolean isLate(Instant now) {
    return follows() && age(now).compareTo(LATE) > 0;
  }
}
