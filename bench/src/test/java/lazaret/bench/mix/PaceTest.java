package lazaret.bench.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void aRequestIsDueAtItsTimeHoweverLateTheOneBeforeWas() {
    Pace pace = new Pace(1_000, 10, 50, 100);

    assertThat(pace.due(0, 5_000)).isEqualTo(1_000);
    assertThat(pace.due(7, 5_000)).isEqualTo(1_070);
  }

  @Test
  void withoutAnIntervalARequestFollowsTheResponse() {
    Pace pace = new Pace(1_000, 0, 50, 100);

    assertThat(pace.due(3, 900)).isEqualTo(1_000);
    assertThat(pace.due(3, 1_234)).isEqualTo(1_234);
  }

  @Test
  void countsAfterTheWarmUpUntilTheEnd() {
    Pace pace = new Pace(Long.MAX_VALUE - 20, 10, 50, 100);
    long start = pace.start();

    assertThat(pace.counts(start + 49)).isFalse();
    assertThat(pace.counts(start + 50)).isTrue();
    assertThat(pace.isOver(start + 149)).isFalse();
    assertThat(pace.isOver(start + 150)).isTrue();
    assertThat(pace.isHopeless(start + 150)).isFalse();
    assertThat(pace.isHopeless(start + 11_000_000_000L)).isTrue();
  }
}
