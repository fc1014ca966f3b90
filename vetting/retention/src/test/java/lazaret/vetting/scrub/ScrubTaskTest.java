package lazaret.vetting.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScrubTaskTest {
  private static final long FAST = 1L << 40;
  private static final Duration DAY = Duration.ofDays(1);

  /// The artifacts that were read, and the number at which the engine fails; 0 if it does not.
  private final AtomicInteger reads = new AtomicInteger();

  private final AtomicInteger failsAt = new AtomicInteger();

  /// The artifacts that the store does not give.
  private final Set<Sha256> withheld = new HashSet<>();

  private final GateFixture station =
      new GateFixture(new SnapshotViewStore(watched(new InMemoryStore())));

  @AfterEach
  void close() {
    station.withoutFsck("its artifacts belong to no crate");
    station.close();
  }

  private Store watched(Store store) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("artifact")) {
                if (reads.incrementAndGet() == failsAt.get()) {
                  throw new StoreException(ErrorCode.STORE_FAILED, "cannot read", null);
                }
                if (arguments[0] instanceof Sha256 cksum && withheld.contains(cksum)) {
                  throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "cannot read", null);
                }
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private ScrubTask task(long rate) {
    return new ScrubTask(station.parts, station.gate.artifactCache(), rate);
  }

  /// Returns a task whose first round is due.
  private ScrubTask due() {
    ScrubTask task = task(FAST);
    task.look();
    station.clock.advance(DAY);
    return task;
  }

  private void put(int artifacts, int bytes) {
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < artifacts; i++) {
      writes.add(new Write.PutArtifact(StoreSamples.artifact(i, bytes)));
    }
    var _ = station.store.commit(Batch.synced(writes));
  }

  private ScrubPosition position() {
    return task(FAST).position().orElseThrow();
  }

  @Test
  void firstRoundBeginsOneIntervalAfterTheFirstStart() {
    put(3, 100);
    ScrubTask task = task(FAST);
    assertThat(task.position()).isEmpty();

    task.look();
    station.clock.advance(DAY.minusNanos(1));
    task.look();
    assertThat(reads).hasValue(0);
    station.clock.advance(Duration.ofNanos(1));
    task.look();

    assertThat(reads).hasValue(3);
  }

  @Test
  void hashesEachArtifactOnceARound() {
    put(450, 100);
    ScrubTask task = due();

    task.look();
    task.look();

    assertThat(reads).hasValue(450);
    ScrubPosition at = position();
    assertThat(at.begun()).isEqualTo(station.clock.instant());
    assertThat(at.ended()).isEqualTo(station.clock.instant());
    assertThat(at.artifacts()).isEqualTo(450);
    assertThat(at.bytes()).isEqualTo(45_000);
    assertThat(at.damaged()).isZero();
    station.clock.advance(DAY);
    task.look();
    assertThat(reads).as("in the next round").hasValue(900);
  }

  @Test
  void dropsADamagedArtifactWithAnAlarm() {
    put(3, 100);
    Sha256 damaged;
    try (Stream<Sha256> all = station.store.artifacts()) {
      damaged = all.skip(1).findFirst().orElseThrow();
    }
    station.store.artifact(damaged).orElseThrow().array()[5] ^= 1;
    ScrubTask task = due();

    task.look();

    assertThat(position().artifacts()).isEqualTo(3);
    assertThat(position().damaged()).isEqualTo(1);
    assertThat(station.store.hasArtifact(damaged)).isFalse();
    assertThat(station.notices()).containsExactly(Notice.Kind.CORRUPT_ARTIFACT);
  }

  @Test
  void roundContinuesAfterAFailureAndInAnotherProcess() {
    put(450, 100);
    ScrubTask first = due();
    failsAt.set(301);
    first.look();
    assertThat(position().artifacts()).as("also within a page").isEqualTo(300);
    assertThat(position().ended()).isNull();
    failsAt.set(0);
    reads.set(0);

    task(FAST).look();

    assertThat(reads).hasValue(150);
    assertThat(position().artifacts()).isEqualTo(450);
    assertThat(position().ended()).isNotNull();
  }

  private List<Sha256> stored(int from, int to) {
    try (Stream<Sha256> all = station.store.artifacts()) {
      return all.skip(from).limit(to - from).toList();
    }
  }

  @Test
  void passesOverArtifactsThatTheStoreDoesNotGive() {
    put(450, 100);
    ScrubTask task = due();
    withheld.addAll(stored(50, 69));
    withheld.addAll(stored(195, 205));
    withheld.addAll(stored(440, 450));

    task.look();

    assertThat(reads).as("each once").hasValue(450);
    assertThat(position().artifacts()).isEqualTo(450 - 39);
    assertThat(position().damaged()).isZero();
    assertThat(position().ended()).isNotNull();
    assertThat(station.store.hasArtifact(stored(50, 51).getFirst())).isTrue();
    assertThat(station.notices()).isEmpty();
  }

  @Test
  void outageOfTheStoreSkipsNothing() {
    put(450, 100);
    ScrubTask task = due();
    withheld.addAll(stored(190, 450));

    task.look();
    task.look();

    assertThat(reads).as("20 in a row, twice").hasValue(190 + 2 * 20);
    assertThat(position().artifacts()).isEqualTo(190);
    assertThat(position().reached()).isEqualTo(stored(189, 190).getFirst());
    assertThat(position().ended()).isNull();
    withheld.clear();
    task.look();
    assertThat(position().artifacts()).isEqualTo(450);
    assertThat(position().ended()).isNotNull();
  }

  @Test
  void artifactThatIsStoredDuringARoundIsHashedInItIfItIsAhead() {
    put(250, 100);
    ScrubTask task = due();
    failsAt.set(201);
    task.look();
    failsAt.set(0);
    put(260, 100);

    task.look();

    ScrubPosition at = position();
    assertThat(at.artifacts()).isBetween(250L, 260L);
    assertThat(at.ended()).isNotNull();
  }

  @Test
  void keepsItsRate() {
    put(20, 10_000);
    due();
    ScrubTask slow = task(1_000_000);
    long begun = System.nanoTime();

    slow.look();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
    assertThat(position().artifacts()).isEqualTo(20);
  }

  @Test
  void endsBeforeTheRound() {
    put(3, 100);
    ScrubTask task = due();
    task.start();
    task.close();
    task.close();

    task.look();

    assertThat(reads).hasValue(0);
  }

  @Test
  void oneNodeAtATimeHashes() {
    SharedMemory memory = new SharedMemory();
    Store other = memory.node("b");
    try (GateFixture node = new GateFixture(new SnapshotViewStore(memory.node("a")))) {
      node.withoutFsck("its artifacts belong to no crate");
      var _ =
          node.store.commit(
              Batch.synced(List.of(new Write.PutArtifact(StoreSamples.artifact(1, 100)))));
      ScrubTask task = new ScrubTask(node.parts, node.gate.artifactCache(), FAST);
      task.look();
      node.clock.advance(DAY);
      Lease lease = other.leases().take("scrub", Duration.ofMinutes(1)).orElseThrow();

      task.look();
      assertThat(task.position().orElseThrow().artifacts()).isZero();
      other.leases().release(lease);
      task.look();

      assertThat(task.position().orElseThrow().artifacts()).isEqualTo(1);
    }
  }
}
