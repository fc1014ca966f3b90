package lazaret.storage.postgres.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lazaret.storage.objects.ObjectKey;
import lazaret.storage.objects.ObjectStoreException;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactObjectStoreTest {
  private static final VerifiedCrate CRATE = ObjectScene.crate(1);
  private static final Sha256 CKSUM = CRATE.id().cksum();

  private ObjectScene scene;

  @BeforeEach
  void open(@TempDir Path folder) {
    scene = ObjectScene.open(folder);
  }

  @AfterEach
  void close() {
    // It is absent if the test is skipped.
    if (scene != null) {
      scene.close();
    }
  }

  private static ErrorCode code(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      return e.code();
    }
    throw new AssertionError("nothing was refused");
  }

  private void readAndIgnore() {
    Optional<Bytes> _ = scene.artifacts.read(CKSUM);
  }

  @Test
  void storesAndReadsManyArtifacts() {
    List<VerifiedCrate> crates = IntStream.range(0, 30).mapToObj(ObjectScene::crate).toList();

    Map<Sha256, Long> generations = scene.artifacts.upload(crates);

    assertThat(generations).hasSize(30);
    assertThat(generations.values()).doesNotHaveDuplicates();
    for (VerifiedCrate crate : crates) {
      Sha256 cksum = crate.id().cksum();
      assertThat(scene.states(cksum)).containsExactly(0);
      assertThat(scene.artifacts.read(cksum)).isEmpty();
      assertThat(
              scene.settle(
                  new ObjectKey.Artifact(
                      cksum, Optional.ofNullable(generations.get(cksum)).orElseThrow())))
          .isTrue();
      assertThat(scene.artifacts.read(cksum)).contains(crate.bytes());
    }
    assertThat(scene.artifacts.upload(List.of())).isEmpty();
  }

  @Test
  void commitsTheRowBeforeTheUpload() {
    AtomicInteger rows = new AtomicInteger(-1);
    scene.objects.before(
        (operation, _) -> {
          if (operation.equals("put")) {
            rows.set(scene.states(CKSUM).size());
          }
        });

    ObjectKey.Artifact _ = scene.uploaded(CRATE);

    assertThat(rows).hasValue(1);
  }

  @Test
  void usesAKeyOnce() {
    ObjectKey.Artifact first = scene.stored(CRATE);
    scene.drop(CKSUM);
    ObjectKey.Artifact second = scene.stored(CRATE);

    assertThat(second.generation()).isGreaterThan(first.generation());
    assertThat(scene.states(CKSUM)).containsExactly(2, 1);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  @Test
  void oneOfTwoNodesStoresAnArtifact() throws Exception {
    ArtifactObjectStore other = scene.node(2);
    ObjectKey.Artifact ours = scene.uploaded(CRATE);
    ObjectKey.Artifact theirs = ObjectScene.uploaded(other, CRATE);

    assertThat(scene.settle(theirs)).isTrue();
    assertThat(scene.settle(ours)).isTrue();

    assertThat(scene.named()).containsExactly(theirs);
    assertThat(scene.states(CKSUM)).containsExactly(2, 1);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
    assertThat(scene.exists(ours)).isTrue();
  }

  @Test
  void uploadsAgainIfOtherBytesComeBack() {
    AtomicInteger reads = new AtomicInteger();
    scene.objects.answer(
        found -> reads.incrementAndGet() == 1 ? found.map(ObjectScene::changed) : found);

    ObjectKey.Artifact artifact = scene.stored(CRATE);

    assertThat(scene.states(CKSUM)).containsExactly(2, 1);
    assertThat(scene.named()).containsExactly(artifact);
    assertThat(scene.artifacts.admits()).isTrue();
  }

  @Test
  void refusesAnUploadWhoseBytesNeverComeBack() {
    scene.objects.answer(found -> found.map(bytes -> Bytes.copyOf(bytes.array(), 0, 100)));

    assertThatThrownBy(() -> scene.artifacts.upload(List.of(CRATE)))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.refusesWrites()).isTrue())
        .hasMessageContaining("expected its bytes from the object store, found 100 bytes with")
        .hasMessageContaining("in 3 uploads");
    assertThat(scene.states(CKSUM)).containsExactly(2, 2, 0);
    assertThat(scene.named()).isEmpty();
  }

  /// The gate serves from its heap then, and stores later.
  @Test
  void refusesWritesWhileTheStoreFails() {
    scene.folder.fail("out of service");

    assertThat(code(() -> scene.artifacts.upload(List.of(CRATE, ObjectScene.crate(2)))))
        .isEqualTo(ErrorCode.STORE_FAILED);
    assertThat(scene.artifacts.admits()).isFalse();
    scene.clock.advance(Duration.ofSeconds(9));
    assertThat(scene.artifacts.admits()).isFalse();
    scene.clock.advance(Duration.ofSeconds(1));
    assertThat(scene.artifacts.admits()).isTrue();

    scene.folder.fail(null);
    ObjectKey.Artifact _ = scene.stored(CRATE);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  @Test
  void aStoreThatDoesNotAnswerTakesNothingAway() {
    ObjectKey.Artifact _ = scene.stored(CRATE);
    scene.folder.fail("out of service");

    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(scene.artifacts.suspects().size()).isZero();

    scene.folder.fail(null);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  @Test
  void oneWrongAnswerIsReadAgain() {
    ObjectKey.Artifact _ = scene.stored(CRATE);
    AtomicInteger reads = new AtomicInteger();
    for (Optional<Bytes> wrong :
        List.of(
            Optional.<Bytes>empty(),
            Optional.of(Bytes.EMPTY),
            Optional.of(ObjectScene.changed(CRATE.bytes())))) {
      reads.set(0);
      scene.objects.answer(found -> reads.incrementAndGet() <= 2 ? wrong : found);

      assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
      assertThat(scene.artifacts.suspects().size()).isZero();
    }
  }

  @Test
  void readsTheRowAgainIfAnObjectIsGone() {
    ObjectKey.Artifact first = scene.stored(CRATE);
    AtomicInteger reads = new AtomicInteger();
    scene.objects.before(
        (operation, key) -> {
          if (operation.equals("get") && reads.incrementAndGet() == 1) {
            // Another node drops and stores it, and a sweep deletes the former object.
            scene.drop(CKSUM);
            ObjectKey.Artifact second = scene.stored(CRATE);
            assertThat(second).isNotEqualTo(first);
            scene.folder.delete(key);
          }
        });

    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
  }

  @Test
  void isEmptyIfTheArtifactWasDroppedMeanwhile() {
    ObjectKey.Artifact _ = scene.stored(CRATE);
    scene.objects.before(
        (operation, key) -> {
          if (operation.equals("get")) {
            scene.drop(CKSUM);
            scene.folder.delete(key);
          }
        });

    assertThat(scene.artifacts.read(CKSUM)).isEmpty();
  }

  @Test
  void threeEqualWrongAnswersInTenMinutesAreDamage() throws Exception {
    ObjectKey.Artifact artifact = scene.stored(CRATE);
    Files.write(scene.folder.file(artifact.key()), ObjectScene.changed(CRATE.bytes()).array());
    SuspectRegister suspects = scene.artifacts.suspects();

    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofSeconds(59));
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofSeconds(1));
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofMinutes(9).minusSeconds(1));
    assertThat(suspects.check()).isEmpty();
    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    scene.clock.advance(Duration.ofSeconds(1));

    assertThat(suspects.check()).containsExactly(CKSUM);
    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_CORRUPT);
    assertThat(suspects.check()).containsExactly(CKSUM);

    // The cache of artifacts drops it, and the next request stores it again.
    scene.drop(CKSUM);
    assertThat(scene.artifacts.read(CKSUM)).isEmpty();
    ObjectKey.Artifact _ = scene.stored(CRATE);
    assertThat(scene.artifacts.read(CKSUM)).contains(CRATE.bytes());
    assertThat(suspects.check()).isEmpty();
    assertThat(suspects.size()).isZero();
  }

  @Test
  void aRightAnswerEndsTheSuspicion() {
    ObjectKey.Artifact _ = scene.stored(CRATE);
    SuspectRegister suspects = scene.artifacts.suspects();
    scene.objects.answer(_ -> Optional.empty());
    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(suspects.check()).isEmpty();
    assertThat(suspects.size()).isEqualTo(1);

    scene.objects.answer(found -> found);
    scene.clock.advance(Duration.ofMinutes(1));

    assertThat(suspects.check()).isEmpty();
    assertThat(suspects.size()).isZero();
  }

  @Test
  void differentWrongAnswersProveNothing() {
    ObjectKey.Artifact _ = scene.stored(CRATE);
    SuspectRegister suspects = scene.artifacts.suspects();
    scene.objects.answer(_ -> Optional.empty());
    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofMinutes(1));
    scene.objects.answer(found -> found.map(ObjectScene::changed));
    assertThat(suspects.check()).isEmpty();

    // The times begin again.
    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofMinutes(8));
    assertThat(suspects.check()).isEmpty();
    scene.clock.advance(Duration.ofMinutes(1));
    assertThat(suspects.check()).containsExactly(CKSUM);
  }

  @Test
  void anOutageDoesNotCountAsAnAnswer() throws Exception {
    ObjectKey.Artifact artifact = scene.stored(CRATE);
    scene.folder.delete(artifact.key());
    SuspectRegister suspects = scene.artifacts.suspects();
    assertThat(code(this::readAndIgnore)).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    scene.objects.before(
        (_, _) -> {
          throw new ObjectStoreException("out of service", null);
        });
    for (int i = 0; i < 30; i++) {
      assertThat(suspects.check()).isEmpty();
      scene.clock.advance(Duration.ofMinutes(1));
    }

    scene.objects.before((_, _) -> {});
    scene.folder.put(artifact.key(), CRATE.bytes());
    assertThat(suspects.check()).isEmpty();
    assertThat(suspects.size()).isZero();
  }
}
