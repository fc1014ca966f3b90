package lazaret.vetting.deskapi.retention;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The state of the rules for the removal of stored artifacts.
///
/// @param state whether the rules are followed
/// @param detail the reason for the state, or the mistakes of the file; null if there is none
/// @param rules the id of the rules in the file: its SHA-256; null without rules
/// @param trial the last trial; null if there was none
/// @param followed the time at which rules were followed last; null if they never were
/// @param scrub the progress of the scrub; null before the first round
public record RetentionReply(
    State state,
    @Nullable String detail,
    @Nullable Sha256 rules,
    @Nullable RetentionTrialReply trial,
    @Nullable Instant followed,
    @Nullable ScrubInfo scrub) {
  /// The states of rules.
  public enum State {
    /// No file with rules is configured.
    OFF,
    /// The file cannot be read or has mistakes.
    INVALID,
    /// The upstream of the server could not restore what is removed.
    SUSPENDED,
    /// The rules are new or changed, and wait for a person who looked at a trial.
    PAUSED,
    /// The rules are followed.
    IN_FORCE
  }
}
