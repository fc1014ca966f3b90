package lazaret.vetting.gate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LocalLeasesTest {
  private static final Duration TERM = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final LocalLeases leases = new LocalLeases(nanos::get);

  private static Batch under(Lease lease, boolean ends) {
    return Batch.synced(List.of()).with(new BatchCondition.LeaseHeld(lease, ends));
  }

  @Test
  void aLeaseExpiresAtTheEndOfItsTermEvenWhenTheClockOverflows() {
    assertThat(leases.take("a", TERM)).isPresent();
    nanos.addAndGet(TERM.toNanos());
    assertThat(leases.take("a", TERM)).isEmpty();
    nanos.incrementAndGet();
    assertThat(leases.take("a", TERM)).isPresent();
  }

  @Test
  void anExtensionBeginsANewTerm() {
    Lease lease = leases.take("a", TERM).orElseThrow();
    nanos.addAndGet(TERM.toNanos());
    assertThat(leases.extend(lease, TERM)).isTrue();
    nanos.addAndGet(TERM.toNanos());
    assertThat(leases.take("a", TERM)).isEmpty();
  }

  @Test
  void aCommitThatFailsEndsNoLease() {
    Lease lease = leases.take("a", TERM).orElseThrow();

    assertThatThrownBy(
            () ->
                leases.during(
                    under(lease, true),
                    () -> {
                      throw new IllegalStateException("disk");
                    }))
        .hasMessage("disk");

    assertThat(leases.take("a", TERM)).isEmpty();
    assertThat(leases.<String>during(under(lease, true), () -> "done")).isEqualTo("done");
    assertThat(leases.take("a", TERM)).isPresent();
  }
}
