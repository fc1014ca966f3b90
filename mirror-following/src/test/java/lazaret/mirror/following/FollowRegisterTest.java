package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import lazaret.testkit.ManualClock;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowRegisterTest {
  private static final Duration TERM = Duration.ofSeconds(10);

  private final ManualClock clock = ManualClock.at("2026-11-24T12:00:00Z");
  private final SharedMemory memory = new SharedMemory();
  private final InMemoryStore one = memory.node("one");
  private final InMemoryStore other = memory.node("other");

  @AfterEach
  void close() {
    other.close();
    one.close();
  }

  private FollowRegister register(InMemoryStore store) {
    FollowBudget budget =
        new FollowBudget(
            new FollowSettings.Limits(0, 0, 0, 1),
            new FollowContext.Time(clock, System::nanoTime, clock::advance, Runnable::run),
            new FollowMeters());
    return new FollowRegister(store, clock, budget);
  }

  private boolean walked(FollowRegister register, String name) {
    register.change(state -> state.with(new FollowState.Gap(clock.instant(), name)));
    return true;
  }

  @Test
  void aNodeThatLeadsNoLongerChangesNothing() {
    Lease held = one.leases().take("leader", TERM).orElseThrow();
    FollowRegister former = register(one);
    former.begin();
    assertThat(Lease.during(held, () -> walked(former, "alpha"))).isTrue();
    memory.expireLeases();
    Lease next = other.leases().take("leader", TERM).orElseThrow();
    FollowRegister later = register(other);
    later.begin();
    assertThat(later.state().gap().walked()).isEqualTo("alpha");
    assertThat(Lease.during(next, () -> walked(later, "beta"))).isTrue();

    assertThatThrownBy(() -> Lease.during(held, () -> walked(former, "gamma")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEASE_LOST));

    former.end();
    assertThat(former.known().orElseThrow().gap().walked()).isEqualTo("beta");
  }
}
