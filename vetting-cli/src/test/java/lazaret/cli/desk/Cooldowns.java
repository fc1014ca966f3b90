package lazaret.cli.desk;

import java.time.Duration;
import lazaret.cli.fixture.ServerFixture;
import lazaret.vetting.policy.Policy;

/// The cooldown of a test gate.
public final class Cooldowns {
  private Cooldowns() {}

  /// Changes the policy of a gate so that both cooldowns last this number of days.
  public static void days(ServerFixture gate, int days) {
    Duration time = Duration.ofDays(days);
    var waiting = new Policy.Cooldowns(true, time, time, Policy.DEFAULT.cooldowns().fastLane());
    gate.rules.change(book -> book.with(book.policy().withCooldowns(waiting)));
  }
}
