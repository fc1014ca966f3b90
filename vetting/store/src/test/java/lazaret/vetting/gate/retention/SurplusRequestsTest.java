package lazaret.vetting.gate.retention;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurplusRequestsTest {
  private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

  private final SurplusRequests surplus =
      new SurplusRequests(
          new RetentionOptions(100, Duration.ofDays(90), Duration.ofDays(400), 1_000));
  private final List<SurplusRequests.Row<String>> rows = new ArrayList<>();

  private void ask(String key, boolean named, String... clients) {
    Instant last = START.plusSeconds(rows.size());
    rows.add(new SurplusRequests.Row<>(key, List.of(clients), named, last));
  }

  @Test
  void nothingGivesWayWithinTheLimits() {
    for (int i = 0; i < 10; i++) {
      ask("key " + i, false, "client");
    }
    assertThat(surplus.of(rows)).isEmpty();
  }

  @Test
  void theOldestOfAClientAboveItsShareGiveWay() {
    ask("of another", false, "other");
    for (int i = 0; i < 11; i++) {
      ask("key " + i, false, "client");
    }
    assertThat(surplus.of(rows)).containsExactly("key 0", "key 1");
  }

  @Test
  void askingForWhatOthersAskForDoesNotPushItOut() {
    for (int i = 0; i < 5; i++) {
      ask("honest " + i, false, "attacker", "honest");
    }
    for (int i = 0; i < 50; i++) {
      ask("flood " + i, false, "attacker");
    }
    assertThat(surplus.of(rows)).hasSize(41).allMatch(key -> key.startsWith("flood"));
  }

  @Test
  void requestsOfTokensGiveWayLast() {
    for (int i = 0; i < 60; i++) {
      ask("named " + i, true, "token ci");
    }
    for (int i = 0; i < 200; i++) {
      ask("flood " + i, false, "client " + i);
    }
    assertThat(surplus.of(rows)).hasSize(170).allMatch(key -> key.startsWith("flood"));
  }

  @Test
  void requestsOfTokensAreBoundedToo() {
    for (int i = 0; i < 101; i++) {
      ask("named " + i, true, "token ci");
    }
    assertThat(surplus.of(rows)).hasSize(11).startsWith("named 0", "named 1");
  }

  @Test
  void anIpv6NetworkIsOneClient() {
    assertThat(ClientNetwork.of("2001:db8:1:2:3::4"))
        .isEqualTo(ClientNetwork.of("2001:db8:1:2::ffff"))
        .isNotEqualTo(ClientNetwork.of("2001:db8:1:3::4"));
    assertThat(ClientNetwork.of("::ffff:10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(ClientNetwork.of("10.0.0.1")).isEqualTo("10.0.0.1");
    assertThat(ClientNetwork.of("fe80::1%bad:")).isNotEmpty();
  }
}
