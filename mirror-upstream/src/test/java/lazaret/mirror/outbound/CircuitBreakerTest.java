package lazaret.mirror.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.mirror.outbound.CircuitBreaker.Refusal;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
  // Starts near the maximum of nanoTime: it wraps, and comparisons must survive that.
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
  private final CircuitBreaker circuit = new CircuitBreaker(now::get);

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed();
    }
  }

  @Test
  void letsRequestsThroughUntilSeveralFailedInARow() {
    fail(CircuitBreaker.THRESHOLD - 1);
    assertThat(circuit.refuse()).isNull();
    circuit.succeeded();
    fail(CircuitBreaker.THRESHOLD - 1);
    assertThat(circuit.refuse()).isNull();

    fail(1);

    assertThat(circuit.refuse()).isEqualTo(new Refusal(CircuitBreaker.FIRST_REST, false));
    assertThat(circuit.isOpen()).isTrue();
  }

  @Test
  void letsOneProbeThroughAfterTheRest() {
    fail(CircuitBreaker.THRESHOLD);
    pass(CircuitBreaker.FIRST_REST);

    assertThat(circuit.refuse()).isNull();
    assertThat(circuit.refuse()).isNotNull();
    circuit.succeeded();

    assertThat(circuit.refuse()).isNull();
    assertThat(circuit.refuse()).isNull();
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void restsTwiceAsLongAfterAProbeThatFailedButNotForEver() {
    fail(CircuitBreaker.THRESHOLD);
    Duration rest = CircuitBreaker.FIRST_REST;
    for (int i = 0; i < 6; i++) {
      pass(rest);
      assertThat(circuit.refuse()).isNull();
      circuit.failed();
      rest = rest.multipliedBy(2);
      if (rest.compareTo(CircuitBreaker.LONGEST_REST) > 0) {
        rest = CircuitBreaker.LONGEST_REST;
      }
      assertThat(circuit.refuse()).isEqualTo(new Refusal(rest, false));
    }
  }

  @Test
  void requestsFromBeforeDoNotLengthenTheRest() {
    fail(CircuitBreaker.THRESHOLD + 20);

    assertThat(circuit.refuse()).isEqualTo(new Refusal(CircuitBreaker.FIRST_REST, false));
  }

  @Test
  void probeThatWasNeverSentMakesRoomForAnother() {
    fail(CircuitBreaker.THRESHOLD);
    pass(CircuitBreaker.FIRST_REST);
    assertThat(circuit.refuse()).isNull();

    circuit.abandoned();

    assertThat(circuit.refuse()).isNull();
  }

  @Test
  void leavesUpstreamAloneAsLongAsItAskedWithinReason() {
    circuit.pause(Duration.ofSeconds(30));
    circuit.pause(Duration.ofSeconds(10));
    assertThat(circuit.refuse()).isEqualTo(new Refusal(Duration.ofSeconds(30), true));
    pass(Duration.ofSeconds(30));
    assertThat(circuit.refuse()).isNull();

    circuit.pause(Duration.ofDays(1));

    assertThat(circuit.refuse()).isEqualTo(new Refusal(Duration.ofMinutes(5), true));
  }
}
