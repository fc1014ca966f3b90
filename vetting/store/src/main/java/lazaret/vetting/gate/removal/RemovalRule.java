package lazaret.vetting.gate.removal;

import java.time.Duration;

/// The effect of a refresh on a stored line that upstream no longer lists.
public sealed interface RemovalRule {
  /// No effect: so many crates vanished that upstream is not trusted.
  record Ignore() implements RemovalRule {}

  /// A suspicion, which a later request turns into a withdrawal.
  ///
  /// @param after the minimum time between the two requests
  record Confirm(Duration after) implements RemovalRule {}

  /// A withdrawal: a person confirmed the removal.
  record Withdraw() implements RemovalRule {}
}
