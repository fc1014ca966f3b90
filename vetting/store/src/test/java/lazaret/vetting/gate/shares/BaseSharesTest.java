package lazaret.vetting.gate.shares;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// A client that requests many young versions makes the gate fetch as many others.
class BaseSharesTest {
  private final AtomicLong now = new AtomicLong();
  private final BaseShares shares = new BaseShares(40, now::get);

  private int taken(String client, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += ActingClient.of(client, () -> shares.take(Duration.ZERO)) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void floodOfOneClientLeavesTheOthersTheirShareOfBases() {
    assertThat(taken("flood", 10_000)).isBetween(25, 100);

    assertThat(taken("honest", 20)).isEqualTo(20);
  }

  @Test
  void workInTheBackgroundHasNoShare() {
    assertThat(taken("flood", 10_000)).isLessThan(10_000);

    assertThat(shares.take(Duration.ZERO)).isTrue();
  }

  @Test
  void budgetWithoutALimitHasNoShares() {
    BaseShares unlimited = new BaseShares(0, now::get);

    for (int i = 0; i < 10_000; i++) {
      assertThat(ActingClient.of("client", () -> unlimited.take(Duration.ZERO))).isTrue();
    }
  }
}
