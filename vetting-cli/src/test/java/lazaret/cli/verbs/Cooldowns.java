package lazaret.cli.verbs;

import java.time.Duration;
import lazaret.vetting.policy.Policy;

/// The cooldown of a gatehouse.
final class Cooldowns {
  private Cooldowns() {}

  /// Changes the policy of a gate: both cooldowns last so many days from now on.
  static void days(Gatehouse gate, int days) {
    Duration time = Duration.ofDays(days);
    var waiting = new Policy.Waiting(true, time, time, Policy.DEFAULT.waiting().fastLane());
    gate.rules.change(book -> book.with(book.policy().withWaiting(waiting)));
  }
}
