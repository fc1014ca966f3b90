package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.Test;

class ArtifactRetentionTaskTest {
  private static final RetentionRules UNUSED = rules(RetentionFixture.UNUSED);

  private static List<CrateId> stored(RetentionFixture fixture, int count) {
    List<CrateId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(fixture.stored("crate-%02d".formatted(i)));
    }
    fixture.pass(40);
    return ids;
  }

  @Test
  void removesAndNamesTheRemovalsInTheLedger() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId used = fixture.stored("used");
      List<CrateId> ids = stored(fixture, 2);
      fixture.download(used);
      long bytes =
          ids.stream().mapToLong(id -> fixture.store.artifactBytes(id.cksum()).orElseThrow()).sum();

      fixture.task(UNUSED).look();

      assertThat(fixture.removed()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(fixture.isStored(used)).isTrue();
      assertThat(fixture.notices(Notice.Kind.ARTIFACTS_REMOVED))
          .containsExactly(
              "2 artifacts with %d bytes by 'unused': crate-00 1.0.0, crate-01 1.0.0"
                  .formatted(bytes));
      assertThat(fixture.register.followed()).contains(fixture.station.clock.instant());
    }
  }

  @Test
  void followsTheRulesOnceAnHour() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      RetentionRules one = rules("per-run = 2\n" + RetentionFixture.UNUSED);
      stored(fixture, 5);
      ArtifactRetentionTask task = fixture.task(one);

      task.look();
      assertThat(fixture.removed()).hasSize(2);
      task.look();
      fixture.station.clock.advance(Duration.ofMinutes(59));
      task.look();
      assertThat(fixture.removed()).hasSize(2);
      fixture.station.clock.advance(Duration.ofMinutes(1));
      task.look();
      assertThat(fixture.removed()).hasSize(4);
      // Another process has no plan, and makes one.
      fixture.station.clock.advance(Duration.ofHours(1));
      fixture.task(one).look();
      assertThat(fixture.removed()).hasSize(5);
    }
  }

  @Test
  void limitsOfAnHourHoldAfterARunThatFailed() {
    KilledStore memory = new KilledStore(new InMemoryStore());
    try (RetentionFixture fixture = new RetentionFixture(new SnapshotViewStore(memory.store()))) {
      stored(fixture, 5);
      ArtifactRetentionTask task = fixture.task(UNUSED);
      memory.beforeCommit(
          batch -> {
            boolean removes =
                batch.writes().stream().anyMatch(Batch.Write.DropArtifact.class::isInstance);
            if (removes && fixture.removed().size() == 2) {
              throw new StoreException(ErrorCode.STORE_UNAVAILABLE, "cannot write", null);
            }
          });
      task.look();
      assertThat(fixture.removed()).hasSize(2);
      memory.beforeCommit(_ -> {});

      task.look();
      fixture.task(UNUSED).look();
      assertThat(fixture.removed()).as("within the hour").hasSize(2);
      fixture.station.clock.advance(Duration.ofHours(1));
      fixture.task(UNUSED).look();
      assertThat(fixture.removed()).hasSize(5);
    }
  }

  @Test
  void limitsTheBytesOfARun() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      RetentionRules small = rules("per-run-size = \"1B\"\n" + RetentionFixture.UNUSED);
      stored(fixture, 3);
      ArtifactRetentionTask task = fixture.task(small);

      task.look();

      assertThat(fixture.removed()).as("one artifact, however large").hasSize(1);
      fixture.station.clock.advance(Duration.ofHours(1));
      task.look();
      assertThat(fixture.removed()).hasSize(2);
    }
  }

  @Test
  void makesAnEntryForEachHundredRemovals() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      stored(fixture, 120);

      fixture.task(UNUSED).look();

      assertThat(fixture.removed()).hasSize(120);
      assertThat(fixture.notices(Notice.Kind.ARTIFACTS_REMOVED))
          .satisfiesExactly(
              first -> assertThat(first).startsWith("100 artifacts").endsWith(", .."),
              second -> assertThat(second).startsWith("20 artifacts"));
    }
  }

  @Test
  void continuesWhenUpstreamResponds() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      stored(fixture, 2);
      ArtifactRetentionTask task = fixture.task(UNUSED);
      fixture.station.upstream.down = true;
      task.look();
      assertThat(fixture.removed()).isEmpty();
      fixture.station.upstream.down = false;

      fixture.station.clock.advance(Duration.ofHours(1));
      task.look();

      assertThat(fixture.removed()).hasSize(2);
    }
  }

  @Test
  void crateThatUpstreamDoesNotConfirmStopsNoOther() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      List<CrateId> ids = stored(fixture, 3);
      fixture.station.upstream.silentAbout = "crate-00";

      fixture.task(UNUSED).look();

      assertThat(fixture.removed()).containsExactlyInAnyOrder(ids.get(1), ids.get(2));
      assertThat(fixture.register.followed()).isPresent();
    }
  }

  @Test
  void plansOnceADayAlsoIfRemovalsAreLeft() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId unconfirmed = stored(fixture, 1).getFirst();
      fixture.station.upstream.silentAbout = "crate-00";
      ArtifactRetentionTask task = fixture.task(UNUSED);
      task.look();
      CrateId later = fixture.stored("later");
      fixture.pass(40);

      task.look();

      assertThat(fixture.removed()).containsExactly(later);
      assertThat(fixture.isStored(unconfirmed)).isTrue();
    }
  }

  @Test
  void endsWhenTheRulesChangeDuringARun() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      stored(fixture, 3);
      AtomicInteger asked = new AtomicInteger();
      ArtifactRetentionTask task =
          new ArtifactRetentionTask(
              fixture.station.parts,
              new ArtifactRetentionTask.Parts(
                  // The first question is whether there are rules, each other one before a removal.
                  () -> asked.incrementAndGet() > 2 ? Optional.empty() : Optional.of(UNUSED),
                  fixture.planner(1_000),
                  fixture.removal,
                  fixture.register,
                  Duration.ofMillis(1)));

      task.look();

      assertThat(fixture.removed()).hasSize(1);
    }
  }

  @Test
  void oneNodeAtATimeFollowsTheRules() {
    SharedMemory memory = new SharedMemory();
    Store other = memory.node("b");
    try (RetentionFixture fixture = new RetentionFixture(new SnapshotViewStore(memory.node("a")))) {
      stored(fixture, 1);
      Lease lease = other.leases().take("retention", Duration.ofMinutes(1)).orElseThrow();
      ArtifactRetentionTask task = fixture.task(UNUSED);

      task.look();
      assertThat(fixture.removed()).isEmpty();
      other.leases().release(lease);
      task.look();

      assertThat(fixture.removed()).hasSize(1);
    }
  }

  @Test
  void endsInTheBackground() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      ArtifactRetentionTask task = fixture.task(UNUSED);
      task.start();

      task.close();
      task.close();

      stored(fixture, 1);
      task.look();
      assertThat(fixture.removed()).as("removals after the end").isEmpty();
    }
  }
}
