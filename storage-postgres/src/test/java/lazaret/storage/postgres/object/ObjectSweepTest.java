package lazaret.storage.postgres.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Durability;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.LedgerEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sweep, and each operation that may be late while it runs.
class ObjectSweepTest {
  private static final VerifiedCrate CRATE = ObjectScene.crate(1);
  private static final Sha256 CKSUM = CRATE.id().cksum();
  private static final Duration DAY = Duration.ofDays(1).plusSeconds(1);

  private ObjectScene scene;
  private ObjectSweep sweep;

  @BeforeEach
  void open(@TempDir Path folder) {
    scene = ObjectScene.open(folder);
    sweep = scene.sweep();
  }

  @AfterEach
  void close() {
    // It is absent if the test is skipped.
    if (scene != null) {
      scene.close();
    }
  }

  private void round() {
    ObjectSweep.Round _ = sweep.round();
  }

  @Test
  void deletesADroppedArtifactAfterTheGracePeriod() throws Exception {
    ObjectKey.Artifact artifact = scene.stored(CRATE);
    scene.drop(CKSUM);
    round();
    assertThat(scene.exists(artifact)).isTrue();

    scene.age(DAY);

    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(0, 1, 0));
    assertThat(scene.exists(artifact)).isFalse();
    assertThat(scene.states(CKSUM)).isEmpty();
    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(0, 0, 0));
  }

  @Test
  void keepsWhatArtifactsName() throws Exception {
    ObjectKey.Artifact artifact = scene.stored(CRATE);
    scene.age(DAY);

    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(0, 0, 0));
    scene.sweepAllFolders(sweep);

    assertThat(scene.exists(artifact)).isTrue();
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  /// The sweep is before the commit: the batch uploads again.
  @Test
  void givesUpAnUploadThatIsNeverCommitted() throws Exception {
    ObjectKey.Artifact artifact = scene.uploaded(CRATE);
    round();
    assertThat(scene.states(CKSUM)).containsExactly(0);
    scene.age(DAY);

    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(1, 0, 0));
    assertThat(scene.settle(artifact)).isFalse();
    assertThat(scene.exists(artifact)).isTrue();

    scene.age(DAY);
    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(0, 1, 0));
    assertThat(scene.settle(artifact)).isFalse();
    assertThat(scene.exists(artifact)).isFalse();
    ObjectKey.Artifact again = scene.stored(CRATE);
    assertThat(again.generation()).isGreaterThan(artifact.generation());
  }

  /// The commit is before the sweep, and in progress while it runs.
  @Test
  void leavesARowToACommitInProgress() {
    ObjectKey.Artifact artifact = scene.uploaded(CRATE);
    scene.age(DAY);

    boolean settled =
        scene
            .connections
            .write(
                Durability.SYNCED,
                connection -> {
                  boolean live = ObjectScene.settle(connection, artifact);
                  assertThat(sweep.round().abandoned()).isZero();
                  return live;
                })
            .value();

    assertThat(settled).isTrue();
    assertThat(sweep.round()).isEqualTo(new ObjectSweep.Round(0, 0, 0));
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  /// A node was stopped before its upload, for longer than both periods.
  @Test
  void deletesAnUploadThatArrivesAfterItsRow() throws Exception {
    AtomicInteger puts = new AtomicInteger();
    scene.objects.before(
        (operation, _) -> {
          if (operation.equals("put") && puts.incrementAndGet() == 1) {
            scene.age(DAY);
            round();
            scene.age(DAY);
            round();
          }
        });

    ObjectKey.Artifact late = scene.uploaded(CRATE);

    assertThat(scene.states(CKSUM)).isEmpty();
    assertThat(scene.settle(late)).isFalse();
    assertThat(scene.exists(late)).isTrue();
    scene.sweepAllFolders(sweep);
    assertThat(scene.exists(late)).isFalse();
  }

  /// A leader was stopped between the list of dead rows and a deletion.
  @Test
  void aLateDeletionMeetsNoKeyInUse() throws Exception {
    ObjectKey.Artifact former = scene.stored(CRATE);
    scene.drop(CKSUM);
    scene.age(DAY);
    AtomicInteger deletions = new AtomicInteger();
    scene.objects.before(
        (operation, _) -> {
          if (operation.equals("delete") && deletions.incrementAndGet() == 1) {
            // Meanwhile another leader sweeps, and the artifact is stored again.
            assertThat(scene.sweep().round().deleted()).isEqualTo(1);
            ObjectKey.Artifact _ = scene.stored(CRATE);
          }
        });

    round();

    assertThat(scene.exists(former)).isFalse();
    assertThat(scene.named()).hasSize(1).doesNotContain(former);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  @Test
  void goesOnAfterAFailureOfTheStore() throws Exception {
    List<ObjectKey.Artifact> dead =
        List.of(scene.stored(CRATE), scene.stored(ObjectScene.crate(2)));
    dead.forEach(each -> scene.drop(each.cksum()));
    scene.age(DAY);
    AtomicInteger deletions = new AtomicInteger();
    scene.objects.before(
        (operation, _) -> {
          if (operation.equals("delete") && deletions.incrementAndGet() == 2) {
            throw new ObjectStoreException("out of service", null);
          }
        });

    assertThatThrownBy(this::round)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessage("out of service");
    assertThat(scene.listed()).hasSize(1);

    assertThat(sweep.round().deleted()).isEqualTo(1);
    assertThat(scene.listed()).isEmpty();
  }

  @Test
  void leavesNamesThatAreNotOfArtifacts() throws Exception {
    List<ObjectKey> others =
        List.of(
            new ObjectKey("objects/00/other"),
            new ObjectKey("objects/ff/other.1"),
            new ObjectKey("marks/site/1"));
    for (ObjectKey key : others) {
      scene.folder.put(key, Bytes.EMPTY);
    }

    scene.sweepAllFolders(sweep);

    for (ObjectKey key : others) {
      assertThat(scene.folder.get(key, 0)).as(key.name()).isPresent();
    }
  }

  /// Two databases that share a prefix would delete the objects of each other.
  @Test
  void refusesBesideAnotherCluster() throws Exception {
    ObjectHead head =
        new ObjectHead(1, 0, UUID.randomUUID(), 0, LedgerEntry.GENESIS, Instant.EPOCH, 1, 1);
    scene.folder.put(
        new ObjectHead.Place(ObjectScene.CLUSTER.toString(), "a", 1).key(), head.encode());
    round();

    ObjectKey.Artifact artifact = scene.stored(CRATE);
    scene.drop(CKSUM);
    scene.age(DAY);
    ObjectHead.Place foreign = new ObjectHead.Place(UUID.randomUUID().toString(), "b", 1);
    scene.folder.put(foreign.key(), head.encode());
    scene.clock.advance(Duration.ofHours(1));

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::round)
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNUSABLE))
          .hasMessageContaining(foreign.cluster());
    }
    assertThat(scene.exists(artifact)).isTrue();

    scene.folder.delete(foreign.key());
    assertThat(sweep.round().deleted()).isEqualTo(1);
  }
}
