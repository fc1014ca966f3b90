package lazaret.vetting.removal;

import java.time.Duration;

/// The effect that a refresh has on a held line which upstream no longer lists.
public sealed interface RemovalRule {
  /// The line stays as it is: so many crates vanished that upstream is not believed.
  record Ignore() implements RemovalRule {}

  /// The line is suspected to be removed, and withdrawn by a request that comes later.
  ///
  /// @param after the least time between the two requests
  record Confirm(Duration after) implements RemovalRule {}

  /// The line is withdrawn: a person confirmed the removal.
  record Withdraw() implements RemovalRule {}
}
