package lazaret.storage.postgres.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lazaret.storage.objects.ObjectKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nodes that store, drop, read and sweep the same artifacts at once, without any grace: what the
/// grace period makes rare happens all the time.
class ObjectRacesTest {
  private static final int ARTIFACTS = 6;
  private static final List<VerifiedCrate> CRATES =
      IntStream.range(0, ARTIFACTS).mapToObj(ObjectScene::crate).toList();

  /// Work that is repeated until the end of the test.
  private interface Step {
    void run(SplittableRandom random) throws Exception;
  }

  @Test
  void noOrderOfOperationsLosesANamedObject(@TempDir Path folder) throws Exception {
    try (ObjectScene scene = ObjectScene.open(folder, Duration.ZERO)) {
      AtomicInteger stored = new AtomicInteger();
      AtomicInteger read = new AtomicInteger();
      List<ObjectSweep> sweeps = List.of(scene.sweep(), scene.sweep());
      List<Step> steps = new ArrayList<>();
      for (int node = 1; node <= 3; node++) {
        ArtifactObjectStore artifacts = scene.node(node);
        steps.add(random -> store(scene, artifacts, random, stored));
        steps.add(random -> read(artifacts, random, read));
      }
      steps.add(random -> scene.drop(any(random).id().cksum()));
      sweeps.forEach(sweep -> steps.add(_ -> sweep(sweep)));

      repeat(steps);

      assertThat(stored).hasValueGreaterThan(10);
      assertThat(read).hasValueGreaterThan(10);
      for (ObjectKey.Artifact each : scene.named()) {
        assertThat(scene.exists(each)).as("%s", each.key()).isTrue();
        assertThat(scene.artifacts.read(each.cksum())).isPresent();
      }
      // What is left over goes away, and nothing else.
      Thread.sleep(Duration.ofMillis(10));
      scene.sweepAllFolders(sweeps.getFirst());
      Thread.sleep(Duration.ofMillis(10));
      scene.sweepAllFolders(sweeps.getFirst());
      assertThat(scene.listed())
          .containsExactlyInAnyOrderElementsOf(
              scene.named().stream().map(ObjectKey.Artifact::key).toList());
    }
  }

  private static Duration duration() {
    return Boolean.getBoolean("lazaret.all") ? Duration.ofMinutes(2) : Duration.ofSeconds(4);
  }

  private static VerifiedCrate any(SplittableRandom random) {
    return CRATES.get(random.nextInt(ARTIFACTS));
  }

  private static void store(
      ObjectScene scene,
      ArtifactObjectStore artifacts,
      SplittableRandom random,
      AtomicInteger stored) {
    ObjectKey.Artifact artifact = ObjectScene.uploaded(artifacts, any(random));
    if (scene.settle(artifact)) {
      stored.incrementAndGet();
    }
  }

  private static void read(
      ArtifactObjectStore artifacts, SplittableRandom random, AtomicInteger read) {
    Sha256 cksum = any(random).id().cksum();
    Optional<Bytes> found = artifacts.read(cksum);
    found.ifPresent(
        bytes -> {
          assertThat(Sha256.of(bytes)).isEqualTo(cksum);
          read.incrementAndGet();
        });
  }

  private static void sweep(ObjectSweep sweep) {
    ObjectSweep.Round _ = sweep.round();
  }

  /// Runs each step on a thread of its own.
  private static void repeat(List<Step> steps) throws Exception {
    long end = System.nanoTime() + duration().toNanos();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> running = new ArrayList<>();
      for (int i = 0; i < steps.size(); i++) {
        Step step = steps.get(i);
        SplittableRandom random = new SplittableRandom(i);
        Callable<Boolean> task =
            () -> {
              while (System.nanoTime() < end) {
                attempt(step, random);
              }
              return true;
            };
        running.add(threads.submit(task));
      }
      for (Future<Boolean> each : running) {
        assertThat(each.get()).isTrue();
      }
    }
  }

  /// Runs a step, which may be refused: its object was swept, or the folder changed under a list.
  private static void attempt(Step step, SplittableRandom random) throws Exception {
    try {
      step.run(random);
    } catch (StoreException e) {
      assertThat(e.code().code()).as(e.getMessage()).isIn("store-unavailable", "store-failed");
    }
  }
}
