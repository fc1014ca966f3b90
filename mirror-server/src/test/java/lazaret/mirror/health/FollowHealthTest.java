package lazaret.mirror.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lazaret.mirror.following.FollowStatus;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.deskapi.store.FollowReply;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FollowHealthTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private static FollowStatus status(@Nullable Instant current, @Nullable String trouble) {
    return new FollowStatus(
        new FollowReply(
            FollowMode.LOCKFILES, current, true, "confirming", 1, 2, null, 0, 0, 0, null, trouble),
        NOW.minus(Duration.ofHours(1)),
        new FollowStatus.Counts(0, 0, 0, 0));
  }

  @Test
  void aGateThatFollowsNothingLacksThePart() {
    assertThat(FollowHealth.part(FollowStatus.OFF, NOW)).isEmpty();
  }

  @Test
  void aCurrentGateIsWell() {
    HealthReport.Part part =
        FollowHealth.part(status(NOW.minus(Duration.ofMinutes(119)), null), NOW).orElseThrow();

    assertThat(part.degraded()).isEmpty();
    assertThat(part.item().state()).isEqualTo(HealthItemInfo.State.OK);
    assertThat(part.item().value()).isEqualTo(119);
    assertThat(part.item().detail())
        .isEqualTo("known crates are current until 2026-11-24T10:01:00Z; confirming");
  }

  @Test
  void aGateThatIsTwoHoursBehindWarns() {
    Instant current = NOW.minus(Duration.ofMinutes(121));

    HealthReport.Part part =
        FollowHealth.part(status(current, "rss/updates.xml: it is gone"), NOW).orElseThrow();

    assertThat(part.degraded()).containsExactly("releases of more than 2 hours may be missing");
    assertThat(part.item().state()).isEqualTo(HealthItemInfo.State.WARNING);
    assertThat(part.item().detail()).endsWith("; rss/updates.xml: it is gone");
    assertThat(part.item().next()).contains("vetting-cli follow");
  }

  @Test
  void theFirstWalkHasTwoHours() {
    assertThat(FollowHealth.part(status(null, null), NOW).orElseThrow().item().state())
        .isEqualTo(HealthItemInfo.State.OK);
    assertThat(
            FollowHealth.part(status(null, null), NOW.plus(Duration.ofHours(2)))
                .orElseThrow()
                .item()
                .state())
        .isEqualTo(HealthItemInfo.State.WARNING);
  }
}
