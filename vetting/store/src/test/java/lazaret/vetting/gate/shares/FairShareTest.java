package lazaret.vetting.gate.shares;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// The division of a rate of 40 requests a second among clients.
class FairShareTest {
  private final AtomicLong now = new AtomicLong();
  private final FairShare share = new FairShare(40, now::get);

  private int taken(String client, int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += share.take(client).isEmpty() ? 1 : 0;
    }
    return taken;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void floodOfOneClientLeavesTheOthersTheirShare() {
    assertThat(taken("flood", 10_000)).isLessThanOrEqualTo(300);
    for (int second = 0; second < 60; second++) {
      pass(Duration.ofSeconds(1));
      assertThat(taken("flood", 1_000)).isLessThanOrEqualTo(41);
    }

    assertThat(taken("honest", 90)).isEqualTo(90);
  }

  @Test
  void clientAloneMayUseTheWhole() {
    int taken = taken("alone", 1_000);
    for (int step = 0; step < 600; step++) {
      pass(Duration.ofMillis(100));
      taken += taken("alone", 10);
    }

    assertThat(taken).isBetween(2_400, 2_800);
  }

  @Test
  void floodOfManyClientsLeavesAnotherOneItsPart() {
    List<String> floods = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      floods.add("flood " + i);
    }
    int total = 0;
    for (int step = 0; step < 100; step++) {
      pass(Duration.ofMillis(100));
      for (String flood : floods) {
        total += taken(flood, 20);
      }
    }

    assertThat(total).isLessThan(2_200);
    assertThat(taken("honest", 10)).isEqualTo(10);
  }

  @Test
  void refusedClientLearnsWhenToAskAgain() {
    taken("flood", 1_000);
    Optional<Duration> pause = share.take("flood");

    assertThat(pause.orElseThrow()).isLessThanOrEqualTo(Duration.ofMillis(101));
    pass(pause.orElseThrow());
    assertThat(share.take("flood")).isEmpty();
  }

  @Test
  void clientsAreForgotten() {
    for (int i = 0; i < 20_000; i++) {
      pass(Duration.ofSeconds(11));
      var _ = share.take("client " + i);
    }

    assertThat(share.clients()).isEqualTo(10_000);
  }

  @Test
  void workInTheBackgroundIsNotLimited() {
    UpstreamShares shares = new UpstreamShares(1, now::get);
    for (int i = 0; i < 100; i++) {
      assertThat(shares.pause("a", false, Duration.ZERO)).isEmpty();
      assertThat(shares.pause("b", true, Duration.ZERO)).isEmpty();
    }
    assertThat(ActingClient.of("client", () -> refused(shares))).isTrue();
    assertThat(ActingClient.current()).isEmpty();
  }

  private static boolean refused(UpstreamShares shares) {
    boolean refused = false;
    for (int i = 0; i < 100; i++) {
      refused |= shares.pause("a", false, Duration.ZERO).isPresent();
    }
    return refused && shares.pause("b", true, Duration.ZERO).isEmpty();
  }
}
