package lazaret.vetting.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  @ParameterizedTest
  @CsvSource({
    "2026-12-06T12:00:00Z, 2026-12-06T12:00:00Z",
    "2026-12-06T12:00:00.000001Z, 2026-12-06T12:01:00Z",
    "2026-12-06T12:00:01Z, 2026-12-06T12:01:00Z",
    "2026-12-06T12:00:59Z, 2026-12-06T12:01:00Z",
    "2026-12-06T23:59:30Z, 2026-12-07T00:00:00Z",
  })
  void minuteOfAHoldIsRoundedUp(Instant end, Instant minute) {
    Verdict.Hold hold =
        new Verdict.Hold(end, List.of(new Reason(Reason.Code.COOLDOWN, "younger than 14 days")));

    assertThat(hold.endMinute()).isEqualTo(minute);
  }
}
