package lazaret.vetting.inventory;

import static lazaret.vetting.inventory.ArtifactRemoval.Outcome.KEPT;
import static lazaret.vetting.inventory.ArtifactRemoval.Outcome.REMOVED;
import static lazaret.vetting.inventory.ArtifactRemoval.Outcome.UNCONFIRMED;
import static lazaret.vetting.inventory.RetentionFixture.rules;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.feeds.LockfilePackageIndex;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.fixture.SharedMemory;
import lazaret.vetting.gate.fixture.StoreSamples;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.inventory.RetentionPlan.PlannedRemoval;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.VerificationStatement;
import org.junit.jupiter.api.Test;

class ArtifactRemovalTest {
  private static final RetentionRules UNUSED = rules(RetentionFixture.UNUSED);

  /// Returns the planned removal of the only artifact, 40 days after its use.
  private static PlannedRemoval planned(RetentionFixture fixture) {
    fixture.pass(40);
    return fixture.plan(UNUSED).removals().getFirst();
  }

  /// Expects that an artifact is kept after something happened since it was planned.
  private static void assertKept(
      ArtifactRemoval.Outcome outcome, Consumer<RetentionFixture> meanwhile) {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      PlannedRemoval planned = planned(fixture);
      meanwhile.accept(fixture);

      assertThat(fixture.removal.remove(planned, UNUSED)).isEqualTo(outcome);

      assertThat(fixture.isStored(id)).isTrue();
      assertThat(fixture.removed()).isEmpty();
      assertThat(fixture.store.artifactUse(id.cksum())).isPresent();
    }
  }

  private static CrateId only(RetentionFixture fixture) {
    return fixture.plan(rules("max-size = \"1B\"\n")).removals().getFirst().facts().id();
  }

  @Test
  void keepsTheEvidence() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      long bytes = fixture.store.artifactBytes(id.cksum()).orElseThrow();
      PlannedRemoval planned = planned(fixture);

      assertThat(fixture.removal.remove(planned, UNUSED)).isEqualTo(REMOVED);

      assertThat(fixture.isStored(id)).isFalse();
      assertThat(fixture.station.gate.artifactBytes(id.cksum())).isEmpty();
      assertThat(fixture.store.artifactUse(id.cksum())).isEmpty();
      assertThat(fixture.store.findings(id.cksum())).isPresent();
      assertThat(fixture.store.removedArtifact(id.cksum()))
          .contains(new RemovedArtifact(id, bytes, fixture.station.clock.instant(), "unused"));
      assertThat(fixture.removal.remove(planned, UNUSED)).as("again").isEqualTo(KEPT);
    }
  }

  @Test
  void removedArtifactIsFetchedAgain() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      assertThat(fixture.removal.remove(planned(fixture), UNUSED)).isEqualTo(REMOVED);
      int before = fixture.station.upstream.artifactRequests.get();

      fixture.download(id);

      assertThat(fixture.station.upstream.artifactRequests.get()).isEqualTo(before + 1);
      assertThat(fixture.isStored(id)).isTrue();
      assertThat(fixture.store.artifactUse(id.cksum())).isPresent();
    }
  }

  @Test
  void keepsWhatWasUsedMeanwhile() {
    assertKept(KEPT, fixture -> fixture.download(only(fixture)));
  }

  @Test
  void keepsWhatWasUsedAMomentAgo() {
    assertKept(
        KEPT,
        fixture ->
            // The usage log has it in heap alone.
            assertThat(fixture.station.download(only(fixture)))
                .isInstanceOf(DownloadOutcome.Served.class));
  }

  @Test
  void keepsWhatADraftOfASnapshotServes() {
    assertKept(
        KEPT,
        fixture -> {
          CrateId id = only(fixture);
          StoredCrate crate = fixture.store.crate(id.name()).orElseThrow();
          IndexEntry entry = crate.line(id.version()).orElseThrow().entry();
          Sha256 policy = Sha256.of(Bytes.utf8("policy"));
          var claim = new VerificationStatement.Claim(id, true, 0, policy, List.of());
          var line = new SnapshotLine(entry, VerificationStatement.of(claim));
          fixture.write(new Write.PutSnapshotCrate(1, new SnapshotCrate(id.name(), List.of(line))));
          fixture.station.withoutFsck("a draft has no record yet");
        });
  }

  @Test
  void lockfilesProtectAfterAFailureOfTheirReading() {
    KilledStore memory = new KilledStore(new InMemoryStore());
    try (RetentionFixture fixture = new RetentionFixture(new SnapshotViewStore(memory.store()))) {
      CrateId id = fixture.stored("alpha");
      fixture.sent("Cargo.lock", id);
      var kept =
          new ProtectedArtifacts(
              fixture.station.parts,
              LockfilePackageIndex.of(fixture.store, fixture.station.gate.usageLog()));
      memory.killAt(1);
      assertThatThrownBy(() -> kept.lockfiles(id)).isInstanceOf(KilledStore.Killed.class);
      memory.revive();

      assertThat(kept.lockfiles(id)).hasSize(1);
    }
  }

  @Test
  void keepsWhatAPersonDecidedOnMeanwhile() {
    assertKept(KEPT, fixture -> fixture.station.decide(Decision.Kind.APPROVE, only(fixture)));
  }

  @Test
  void keepsWhatALockfileNamedMeanwhile() {
    assertKept(KEPT, fixture -> fixture.sent("Cargo.lock", only(fixture)));
  }

  @Test
  void keepsWhatUpstreamStoppedListing() {
    // The first response that lacks the crate makes its removal suspected.
    assertKept(KEPT, fixture -> fixture.station.upstream.absent = "alpha");
  }

  /// Plans the removal of five artifacts, then upstream stops listing four of their crates.
  private static List<PlannedRemoval> plannedAndVanished(RetentionFixture fixture) {
    for (int i = 0; i < 5; i++) {
      CrateId _ = fixture.stored("crate-" + i);
    }
    fixture.pass(40);
    List<PlannedRemoval> planned = fixture.plan(UNUSED).removals();
    assertThat(planned).hasSize(5);
    for (int i = 0; i < 4; i++) {
      fixture.station.registry.removeLine("crate-" + i, "1.0.0");
    }
    return planned;
  }

  private static void assertAllKept(RetentionFixture fixture, List<PlannedRemoval> planned) {
    assertThat(planned).allMatch(each -> fixture.isStored(each.facts().id()));
    assertThat(fixture.removed()).isEmpty();
  }

  @Test
  void keepsEverythingWhileAMassRemovalIsSuspected() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      List<PlannedRemoval> planned = plannedAndVanished(fixture);
      for (PlannedRemoval each : planned) {
        String _ = fixture.station.index(each.facts().id().name().published());
      }
      assertThat(fixture.station.gate.removals().massSince()).isNotNull();

      for (PlannedRemoval each : planned) {
        assertThat(fixture.removal.remove(each, UNUSED)).isEqualTo(UNCONFIRMED);
      }
      assertAllKept(fixture, planned);
    }
  }

  @Test
  void keepsWhatVanishesWhenItsRequestRaisesTheAlarm() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      List<PlannedRemoval> planned = plannedAndVanished(fixture);

      assertThat(planned)
          .extracting(each -> fixture.removal.remove(each, UNUSED))
          .containsExactly(KEPT, KEPT, KEPT, UNCONFIRMED, UNCONFIRMED);
      assertAllKept(fixture, planned);
    }
  }

  @Test
  void asksAgainForWhatVanishedOnceAPersonConfirmedIt() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      List<PlannedRemoval> planned = plannedAndVanished(fixture);
      for (PlannedRemoval each : planned) {
        String _ = fixture.station.index(each.facts().id().name().published());
      }
      assertThat(fixture.station.gate.confirmRemovals("ann")).isEqualTo(4);

      assertThat(planned)
          .extracting(each -> fixture.removal.remove(each, UNUSED))
          .containsExactly(KEPT, KEPT, KEPT, KEPT, REMOVED);
    }
  }

  @Test
  void keepsWhatUpstreamDoesNotConfirm() {
    assertKept(UNCONFIRMED, fixture -> fixture.station.upstream.down = true);
  }

  @Test
  void needsNoUpstreamWithinADayOfAConfirmation() {
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      PlannedRemoval planned = planned(fixture);
      String _ = fixture.station.index("alpha");
      fixture.station.clock.advance(Duration.ofHours(23));
      fixture.station.upstream.down = true;

      assertThat(fixture.removal.remove(planned, UNUSED)).isEqualTo(REMOVED);
      assertThat(fixture.isStored(id)).isFalse();
    }
  }

  @Test
  void limitOfAllArtifactsKeepsWhatWasUsedMeanwhile() {
    RetentionRules limit = rules("max-size = \"1B\"\n");
    try (RetentionFixture fixture = new RetentionFixture()) {
      CrateId id = fixture.stored("alpha");
      fixture.pass(2);
      PlannedRemoval planned = fixture.plan(limit).removals().getFirst();
      fixture.download(id);

      assertThat(fixture.removal.remove(planned, limit)).isEqualTo(KEPT);
      fixture.pass(1);
      assertThat(fixture.removal.remove(fixture.plan(limit).removals().getFirst(), limit))
          .isEqualTo(REMOVED);
    }
  }

  @Test
  void seesADecisionOfAnotherNodeBeforeTheCommit() {
    SharedMemory memory = new SharedMemory();
    Store other = memory.node("b");
    KilledStore one = new KilledStore(memory.node("a"));
    try (RetentionFixture fixture = new RetentionFixture(new SnapshotViewStore(one.store()))) {
      CrateId id = fixture.stored("alpha");
      PlannedRemoval planned = planned(fixture);
      var decided = new AtomicBoolean();
      one.beforeCommit(
          batch -> {
            boolean removes =
                batch.writes().stream().anyMatch(Write.DropArtifact.class::isInstance);
            if (removes && !decided.getAndSet(true)) {
              Write decision = new Write.Append(StoreSamples.approval(id, 1));
              var _ = other.commit(Batch.synced(List.of(decision)));
            }
          });

      assertThat(fixture.removal.remove(planned, UNUSED)).isEqualTo(KEPT);

      assertThat(decided).isTrue();
      assertThat(fixture.isStored(id)).isTrue();
      assertThat(fixture.removed()).isEmpty();
      fixture.station.withoutFsck("a decision was written without its view");
    }
  }

  /// The process ends at each call of the store, from the plan to the entry in the ledger. Then
  /// each artifact is stored, or removed with its evidence. The next process completes the work.
  @Test
  void killAtEachStepLosesNoEvidence() {
    boolean killed = true;
    for (int call = 1; killed; call++) {
      KilledStore memory = new KilledStore(new InMemoryStore());
      RetentionFixture first = new RetentionFixture(new SnapshotViewStore(memory.store()));
      List<CrateId> ids = artifacts(first);
      ids.forEach(first::download);
      first.sent("Cargo.lock", ids.getLast());
      first.pass(40);
      memory.killAt(call);
      try {
        first.task(UNUSED).look();
      } catch (KilledStore.Killed _) {
        // The process ended.
      }
      killed = memory.isDead();
      memory.revive();
      assertWhole(first, ids, "killed at call " + call);
      first.station.gate.close();
      try (RetentionFixture second = new RetentionFixture(new SnapshotViewStore(memory.store()))) {
        List<CrateId> again = artifacts(second);
        assertThat(again).isEqualTo(ids);
        second.pass(41);
        second.task(UNUSED).look();

        assertWhole(second, ids, "continued after a kill at call " + call);
        assertThat(second.removed()).containsExactlyInAnyOrderElementsOf(ids.subList(0, 2));
      }
    }
  }

  private static List<CrateId> artifacts(RetentionFixture fixture) {
    return List.of("alpha", "beta", "gamma").stream()
        .map(name -> CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", ""))
        .map(crate -> fixture.station.publish(crate, 100))
        .toList();
  }

  private static void assertWhole(RetentionFixture fixture, List<CrateId> ids, String when) {
    for (CrateId id : ids) {
      assertThat(fixture.isStored(id))
          .as("%s: %s", when, id)
          .isNotEqualTo(fixture.store.removedArtifact(id.cksum()).isPresent());
      assertThat(fixture.store.artifactUse(id.cksum()).isPresent())
          .as("%s: use of %s", when, id)
          .isEqualTo(fixture.isStored(id));
    }
    assertThat(fixture.isStored(ids.getLast())).as("%s: the protected one", when).isTrue();
  }
}
