package lazaret.mirror.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import lazaret.mirror.health.RefusedDecisions.Refusal;
import lazaret.vetting.ErrorCode;
import org.junit.jupiter.api.Test;

class RefusedDecisionsTest {
  private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  private final RefusedDecisions refused = new RefusedDecisions();

  @Test
  void refusalsByPolicyAndRightsCountForADay() {
    refused.add(new Refusal(START, ErrorCode.FORBIDDEN));
    refused.add(new Refusal(START.plusSeconds(60), ErrorCode.REFUSED_BY_POLICY));
    refused.add(new Refusal(START.plusSeconds(90), ErrorCode.MALFORMED_INPUT));

    assertThat(refused.count(START.plusSeconds(90))).isEqualTo(2);
    assertThat(refused.last()).map(Refusal::code).contains(ErrorCode.REFUSED_BY_POLICY);
    assertThat(refused.count(START.plus(Duration.ofHours(24)).plusSeconds(1))).isEqualTo(1);
    assertThat(refused.count(START.plus(Duration.ofDays(2)))).isZero();
    assertThat(refused.last()).isEmpty();
  }

  @Test
  void theNumberInHeapIsLimited() {
    for (int i = 0; i < 2_000; i++) {
      refused.add(new Refusal(START, ErrorCode.FORBIDDEN));
    }
    assertThat(refused.count(START)).isEqualTo(1_000);
  }
}
