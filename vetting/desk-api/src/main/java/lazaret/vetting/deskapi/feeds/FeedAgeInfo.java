package lazaret.vetting.deskapi.feeds;

import org.jspecify.annotations.Nullable;

/// The age of a feed, or of all feeds together.
///
/// @param state the state by the limits of the policy
/// @param detail one clause with the age
/// @param seconds the age in seconds; null if it is not known
public record FeedAgeInfo(State state, String detail, @Nullable Long seconds) {
  /// The states of feeds by their age.
  public enum State {
    /// No feed was imported.
    NONE,
    /// The age is below the limit for a warning.
    FRESH,
    /// The newest record is older than usual.
    QUIET,
    /// The age is above the limit for a warning.
    OLD,
    /// The age is above the limit for serving.
    STALE
  }
}
