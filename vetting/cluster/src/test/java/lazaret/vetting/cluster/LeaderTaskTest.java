package lazaret.vetting.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Leader;
import lazaret.vetting.gate.store.LeaseRun;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;

class LeaderTaskTest {
  private final SharedMemory memory = new SharedMemory();
  private final InMemoryStore one = memory.node("one");
  private final InMemoryStore two = memory.node("two");
  private final LeaderTask first = new LeaderTask(one.leases());
  private final LeaderTask second = new LeaderTask(two.leases());

  private static void put(InMemoryStore store, String text) {
    var _ = store.commit(Batch.synced(List.of(new Write.PutMeta("work", Bytes.utf8(text)))));
  }

  @Test
  void oneNodeIsTheLeaderUntilItStops() throws Exception {
    first.round();
    second.round();

    assertThat(first.leads()).isTrue();
    assertThat(second.leads()).isFalse();
    assertThat(first.run(() -> put(one, "of one"))).isTrue();
    assertThat(second.run(() -> put(two, "of two"))).isFalse();
    assertThat(two.meta("work")).contains(Bytes.utf8("of one"));

    memory.expireLeases();
    second.round();

    assertThat(second.leads()).isTrue();
    assertThat(second.run(() -> put(two, "of two"))).isTrue();
  }

  @Test
  void theWritesOfAFormerLeaderAreRefused() throws Exception {
    first.round();
    memory.expireLeases();
    second.round();
    // The first node was stopped, and believes that it is the leader.
    assertThat(first.leads()).isTrue();

    assertThat(first.run(() -> put(one, "too late"))).isFalse();

    assertThat(one.meta("work")).isEmpty();
    assertThat(first.leads()).isFalse();
  }

  @Test
  void aLeaderThatIsExpiredAndAloneGoesOn() throws Exception {
    first.round();
    memory.expireLeases();

    assertThat(first.run(() -> put(one, "late but alone"))).isTrue();
    first.round();
    second.round();
    assertThat(first.leads()).isTrue();
    assertThat(second.leads()).isFalse();
  }

  @Test
  void anotherNodeLeadsWithinTheTermOfALeaderThatStopped() {
    var clock = ManualClock.at("2026-11-24T12:00:00Z");
    var timed = new SharedMemory(clock);
    var stopped = new LeaderTask(timed.node("one").leases());
    var other = new LeaderTask(timed.node("two").leases());
    stopped.round();
    Instant last = clock.instant();

    // The last look before the lease can be taken is as late as possible.
    while (!other.leads()) {
      clock.advance(LeaderTask.LOOK_EVERY);
      other.round();
    }

    // The tasks of the leader look every two seconds.
    assertThat(Duration.between(last, clock.instant())).isLessThan(LeaseRun.TERM.minusSeconds(2));
  }

  @Test
  void theLossOfALeaseOfTheWorkLeavesTheNodeTheLeader() throws Exception {
    first.round();
    Leader.Work refused =
        () -> {
          boolean _ =
              new LeaseRun(one, "feeds")
                  .<Boolean>run(
                      () -> {
                        memory.expireLeases();
                        assertThat(two.leases().take("feeds", LeaseRun.TERM)).isPresent();
                        put(one, "too late");
                        return true;
                      });
        };

    assertThatThrownBy(() -> first.run(refused))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the lease 'feeds'");

    assertThat(one.meta("work")).isEmpty();
    assertThat(first.leads()).isTrue();
    assertThat(first.run(() -> put(one, "of the leader"))).isTrue();
  }

  @Test
  void aNodeThatEndsLetsAnotherOneTakeOverAtOnce() {
    first.round();
    first.close();
    second.round();

    assertThat(first.leads()).isFalse();
    assertThat(second.leads()).isTrue();
  }

  @Test
  void failuresAndInterruptionsOfTheWorkReachItsCaller() {
    first.round();
    Leader.Work interrupted =
        () -> {
          throw new InterruptedException("stop");
        };

    assertThatThrownBy(() -> first.run(interrupted)).isInstanceOf(InterruptedException.class);
    assertThatThrownBy(
            () ->
                first.run(
                    () -> {
                      throw new IllegalStateException("a defect");
                    }))
        .hasMessage("a defect");
    assertThat(first.leads()).isTrue();
  }
}
