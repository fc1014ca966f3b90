package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Dependency;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.RemovedArtifact;
import lazaret.vetting.index.DependencyKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactPassTest {
  @TempDir Path folder;
  private FollowFixture scene;

  @BeforeEach
  void open() {
    scene = new FollowFixture(FollowFixture.settings(FollowMode.LOCKFILES), folder);
  }

  @AfterEach
  void close() {
    scene.close();
  }

  private void replace(FollowMode mode, long size) {
    scene.close();
    FollowSettings.Limits limits = new FollowSettings.Limits(1, 0, size, 1);
    scene = new FollowFixture(FollowFixture.settings(mode, limits, List.of()), folder);
  }

  private CrateId publish(CrateBuilder crate) {
    return scene.gate.publish(crate, 30);
  }

  private void round() throws InterruptedException {
    scene.start();
    scene.round();
  }

  @Test
  void lockedVersionsAndNewestOnesAreFetchedWithWhatTheyRequire() throws InterruptedException {
    CrateId locked = scene.publish("alpha", "1.0.0");
    CrateId newest =
        publish(
            CrateBuilder.crate("alpha", "1.1.0")
                .dependency("beta", "^1.0")
                .dependency(Dependency.on("tests", "^1.0").as(DependencyKind.DEV)));
    CrateId required =
        publish(CrateBuilder.crate("beta", "1.4.0").dependency("Gamma_core", "^0.3"));
    CrateId other = scene.publish("beta", "2.0.0");
    CrateId further = scene.publish("Gamma_core", "0.3.9");
    CrateId tests = scene.publish("tests", "1.0.0");
    scene.request("alpha");
    scene.submit("alpha", "1.0.0");

    round();

    assertThat(scene.isStored(locked)).isTrue();
    assertThat(scene.isStored(newest)).isTrue();
    assertThat(scene.isStored(required)).isTrue();
    assertThat(scene.isStored(further)).isTrue();
    assertThat(scene.isStored(other)).isFalse();
    assertThat(scene.isStored(tests)).isFalse();
    assertThat(scene.status().reply().artifacts()).isPositive();
  }

  @Test
  void withheldVersionsAreOnlyIndexed() throws InterruptedException {
    CrateId young = scene.gate.publish("alpha", "1.1.0", 2);
    CrateId released = scene.gate.publish("alpha", "1.0.1", 10);
    CrateId old = scene.publish("alpha", "1.0.0");
    scene.request("alpha");
    scene.submit("alpha", "1.1.0", "alpha", "1.0.0");

    round();

    assertThat(scene.hasLine("alpha", "1.1.0")).isTrue();
    assertThat(scene.isStored(young)).isFalse();
    assertThat(scene.isStored(old)).isTrue();
    // An inspection releases it, since it runs no code at build time.
    assertThat(scene.isStored(released)).isTrue();
  }

  @Test
  void nothingIsRecordedAsIfAClientHadAsked() throws InterruptedException {
    CrateId id = scene.publish("alpha", "1.0.0");
    scene.request("alpha");
    scene.submit("alpha", "1.0.0");

    round();

    assertThat(scene.isStored(id)).isTrue();
    scene.gate.gate.usageLog().flush();
    assertThat(scene.gate.store.accesses()).isEmpty();
    assertThat(scene.gate.store.artifactUses()).isEmpty();
    assertThat(scene.gate.store.requests()).isEmpty();
  }

  @Test
  void aKilledPassFetchesEachArtifactOnce() throws InterruptedException {
    String[] packages = new String[12];
    for (int i = 0; i < 6; i++) {
      String name = "crate-" + (char) ('a' + i);
      scene.known(name);
      packages[2 * i] = name;
      packages[2 * i + 1] = "1.0.0";
    }
    scene.submit(packages);
    scene.start();
    // The dump, six index files, and some artifacts.
    scene.killAt(11);

    assertThatThrownBy(scene::round).isInstanceOf(InterruptedException.class);
    assertThat(scene.artifactRequests()).isBetween(1, 5);

    round();

    assertThat(scene.artifactRequests()).isEqualTo(6);

    round();

    assertThat(scene.artifactRequests()).isEqualTo(6);
  }

  @Test
  void aNewLockfileStartsAPass() throws InterruptedException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.request("alpha");
    round();
    assertThat(scene.isStored(alpha)).isFalse();

    scene.submit("alpha", "1.0.0");
    scene.round();

    assertThat(scene.isStored(alpha)).isTrue();
  }

  @Test
  void versionsThatWereWithheldAreFetchedLater() throws InterruptedException {
    CrateId young = scene.gate.publish("alpha", "1.1.0", 2);
    scene.request("alpha");
    scene.submit("alpha", "1.1.0");
    round();
    assertThat(scene.isStored(young)).isFalse();

    scene.gate.clock.advance(Duration.ofDays(6));
    scene.round();

    assertThat(scene.isStored(young)).isTrue();
  }

  @Test
  void aNewLockfileThatIsSubmittedTwiceStartsAPass() throws InterruptedException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    round();
    scene.request("alpha");
    scene.submitTwice("alpha", "1.0.0");

    scene.round();

    assertThat(scene.isStored(alpha)).isTrue();
  }

  @Test
  void aKnownLockfileStartsNone() throws InterruptedException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.submit("alpha", "1.0.0");
    round();
    scene.request("alpha");
    scene.submit("alpha", "1.0.0");

    scene.round();

    assertThat(scene.isStored(alpha)).isFalse();
  }

  @Test
  void theMostUsedCratesAreFetchedUpToASize() throws InterruptedException {
    replace(FollowMode.TOP, 1);
    CrateId used = scene.publish("used", "1.0.0");
    CrateId rare = scene.publish("rare", "1.0.0");
    DumpText dump =
        new DumpText()
            .crate("rare", 1)
            .version("rare", "1.0.0", false)
            .crate("used", 1_000_000)
            .version("used", "1.0.0", false);
    scene.files.dump(dump.build(scene.now()), "\"1\"");

    round();

    assertThat(scene.isStored(used)).isTrue();
    assertThat(scene.isStored(rare)).isFalse();
  }

  @Test
  void withoutADumpTopModeFetchesForLockfiles() throws InterruptedException {
    replace(FollowMode.TOP, 1 << 20);
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.request("alpha");
    scene.submit("alpha", "1.0.0");

    round();

    assertThat(scene.isStored(alpha)).isTrue();
  }

  @Test
  void allModeFetchesAllServedVersions() throws InterruptedException {
    replace(FollowMode.ALL, 0);
    CrateId first = scene.publish("alpha", "1.0.0");
    CrateId second = scene.publish("alpha", "1.0.1");
    CrateId young = scene.gate.publish("alpha", "1.0.2", 1);
    CrateId other = scene.publish("beta", "0.1.0");
    scene.request("alpha");
    scene.request("beta");

    round();

    assertThat(List.of(first, second, other)).allMatch(scene::isStored);
    assertThat(scene.isStored(young)).isFalse();
  }

  @Test
  void artifactsLeaveBytesOfADayForIndexFiles() throws InterruptedException {
    scene.close();
    FollowSettings.Limits limits = new FollowSettings.Limits(1, 12_000, 0, 1);
    scene =
        new FollowFixture(FollowFixture.settings(FollowMode.LOCKFILES, limits, List.of()), folder);
    List<CrateId> all = new ArrayList<>();
    for (String name : List.of("alpha", "beta", "gamma", "delta")) {
      all.add(publish(CrateBuilder.crate(name, "1.0.0").file("src/lib.rs", randomText())));
      scene.request(name);
      scene.submit(name, "1.0.0");
    }

    round();

    assertThat(all.stream().filter(scene::isStored).count()).isBetween(1L, 3L);
    assertThat(scene.status().reply().bytesLeft()).isPositive();
    assertThat(scene.status().reply().trouble()).contains("artifacts wait for the bytes");

    scene.gate.clock.advance(Duration.ofMinutes(10));
    scene.release("alpha", "1.1.0");
    scene.files.announce("alpha", "1.1.0", scene.now());
    scene.round();
    assertThat(scene.hasLine("alpha", "1.1.0")).isTrue();

    scene.gate.clock.advance(Duration.ofDays(1));
    scene.round();
    assertThat(all).allMatch(scene::isStored);
    assertThat(String.valueOf(scene.status().reply().trouble())).doesNotContain("artifacts");
  }

  /// Returns a text that is about as long when it is compressed.
  private static String randomText() {
    byte[] bytes = new byte[2_000];
    new Random(bytes.length).nextBytes(bytes);
    return "//" + HexFormat.of().formatHex(bytes);
  }

  @Test
  void whatRetentionRemovedIsNotFetchedAgain() throws InterruptedException {
    replace(FollowMode.ALL, 0);
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.request("alpha");
    scene.gate.withoutFsck("it records a removal that did not happen");
    Write removed = new Write.PutRemoved(new RemovedArtifact(alpha, 1, scene.now(), "old"));
    var _ = scene.gate.store.commit(Batch.synced(List.of(removed)));

    round();
    assertThat(scene.isStored(alpha)).isFalse();

    scene.submit("alpha", "1.0.0");
    round();
    assertThat(scene.isStored(alpha)).isTrue();
  }

  @Test
  void tamperedArtifactsAreNotStored() throws InterruptedException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.gate.registry.artifact("alpha", "1.0.0", Bytes.utf8("other bytes"));
    scene.request("alpha");
    scene.submit("alpha", "1.0.0");

    round();

    assertThat(scene.isStored(alpha)).isFalse();
    assertThat(scene.status().counts().failures()).isPositive();
  }

  @Test
  void anArtifactThatUpstreamLacksEndsNothing() throws InterruptedException {
    CrateId alpha = scene.publish("alpha", "1.0.0");
    scene.gate.registry.removeArtifact("alpha", "1.0.0");
    CrateId beta = scene.publish("beta", "1.0.0");
    scene.request("alpha");
    scene.request("beta");
    scene.submit("alpha", "1.0.0", "beta", "1.0.0");

    round();

    assertThat(scene.isStored(alpha)).isFalse();
    assertThat(scene.isStored(beta)).isTrue();
    assertThat(scene.status().reply().phase()).isNull();
  }

  @Test
  void lockfilesWithUnknownPackagesEndNothing() throws InterruptedException {
    CrateId beta = scene.publish("beta", "1.0.0");
    scene.request("beta");
    scene.submit("stranger", "1.0.0", "beta", "1.0.0", "beta", "9.9.9");

    round();

    assertThat(scene.isStored(beta)).isTrue();
  }

  @Test
  void aTableThatIsDamagedMeanwhileIsMadeAgain() throws InterruptedException, IOException {
    replace(FollowMode.TOP, 1 << 20);
    CrateId alpha = scene.publish("alpha", "1.0.0");
    DumpText dump = new DumpText().crate("alpha", 1).version("alpha", "1.0.0", false);
    scene.files.dump(dump.build(scene.now()), "\"1\"");
    scene.start();
    scene.gate.upstream.down = true;
    scene.round();
    var _ = Files.writeString(folder.resolve(CrateUseTable.BY_USE), "damaged\n\n\nrow\n");
    scene.gate.upstream.down = false;
    for (int hours = 0; hours < 8; hours++) {
      scene.gate.clock.advance(Duration.ofHours(1));
      scene.round();
    }

    assertThat(scene.isStored(alpha)).isTrue();
  }
}
