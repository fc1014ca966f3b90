package lazaret.mirror.following;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.store.FollowMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTaskTest {
  private static final FollowSettings.Limits LIMITS = new FollowSettings.Limits(1, 0, 0, 1);

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

  private void replace(FollowMode mode, FollowSettings.Limits limits) {
    scene.close();
    scene = new FollowFixture(FollowFixture.settings(mode, limits, List.of()), folder);
  }

  /// Publishes a dump that was made a moment ago, and waits until it is requested.
  private void publish(DumpText dump) {
    scene.gate.clock.advance(Duration.ofDays(1));
    scene.files.dump(dump.build(scene.now().minusSeconds(1)), "\"" + scene.now() + "\"");
  }

  private static DumpText dump(String... names) {
    DumpText dump = new DumpText();
    for (String name : names) {
      var _ = dump.crate(name, 1).version(name, "1.0.0", false);
    }
    return dump;
  }

  /// Makes crates known and closes the gap of the beginning.
  private void begin(String... names) throws InterruptedException {
    for (String name : names) {
      scene.known(name);
    }
    scene.start();
    scene.round();
  }

  private static CrateName name(String text) {
    return CrateName.parse(text);
  }

  /// A new private name is compared with all public ones without a request for it.
  @Test
  void theListAnswersForEachSpellingUntilItIsOld() throws InterruptedException {
    begin("serde");
    Duration age = Duration.ofDays(3);
    assertThat(scene.run().lists(name("acme-core"), age)).as("no list yet").isEmpty();
    publish(dump("serde", "acme-core"));
    scene.round();

    assertThat(scene.run().lists(name("ACME_core"), age)).hasValue(true);
    assertThat(scene.run().lists(name("acme-app"), age)).hasValue(false);
    assertThat(scene.run().lists(name("zzz"), age)).hasValue(false);
    List<String> names = new ArrayList<>();
    Instant made =
        scene.run().names(Instant.EPOCH, each -> names.add(each.published())).orElseThrow();
    assertThat(names).containsExactlyInAnyOrder("serde", "acme-core");
    assertThat(scene.run().names(made, each -> names.add(each.published()))).isEmpty();
    assertThat(names).as("a known list is not read").hasSize(2);
    scene.gate.clock.advance(Duration.ofDays(4));
    assertThat(scene.run().lists(name("acme-core"), age)).isEmpty();
  }

  /// Also a name that is neither stored nor followed is compared with the private ones.
  @Test
  void everyNameOfADumpIsReported() throws InterruptedException {
    List<CrateName> listed = new ArrayList<>();
    begin("serde");
    scene.run().onListed(listed::add);
    publish(dump("serde", "acme-core"));

    for (int i = 0; i < 3; i++) {
      scene.round();
    }

    assertThat(listed).contains(name("serde"), name("acme-core"));
  }

  @Test
  void onlyCratesThatDifferAreRequested() throws InterruptedException {
    begin("alpha", "beta", "gamma");
    int before = scene.indexRequests();
    publish(dump("alpha", "beta", "gamma", "stranger").version("beta", "1.1.0", false));
    scene.release("beta", "1.1.0");

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
    assertThat(scene.hasLine("beta", "1.1.0")).isTrue();
    assertThat(scene.isKnown("stranger")).isFalse();

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
  }

  @Test
  void yanksShow() throws InterruptedException {
    begin("alpha", "beta");
    var _ =
        scene.gate.publish(CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", ""), 30, true);
    publish(
        new DumpText()
            .crate("alpha", 1)
            .version("alpha", "1.0.0", true)
            .crate("beta", 1)
            .version("beta", "1.0.0", false));

    scene.round();

    assertThat(
            scene
                .gate
                .gate
                .files()
                .find(name("alpha"))
                .flatMap(file -> file.line(CrateVersion.parse("1.0.0"))))
        .hasValueSatisfying(line -> assertThat(line.entry().yanked()).isTrue());
  }

  @Test
  void cratesThatTheDumpLacksAreRequested() throws InterruptedException {
    begin("alpha", "beta", "gamma");
    int before = scene.indexRequests();
    publish(dump("beta"));

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 2);
  }

  @Test
  void cratesThatWereConfirmedSinceTheDumpAreNot() throws InterruptedException {
    begin("alpha");
    scene.gate.clock.advance(Duration.ofDays(1));
    Bytes old = dump("alpha").version("alpha", "0.9.0", false).build(scene.now());
    scene.files.dump(old, "\"old\"");
    scene.gate.clock.advance(Duration.ofMinutes(1));
    scene.files.announce("alpha", "1.1.0", scene.now());
    int before = scene.indexRequests();

    scene.round();

    // The feed named it.
    assertThat(scene.indexRequests()).isEqualTo(before + 1);
  }

  @Test
  void allModeAddsTheCratesOfTheDump() throws InterruptedException {
    replace(FollowMode.ALL, LIMITS);
    begin("alpha");
    scene.release("beta", "1.0.0");
    publish(dump("alpha", "beta", "gone"));

    scene.round();

    assertThat(scene.isKnown("beta")).isTrue();
    assertThat(scene.isKnown("gone")).isFalse();
  }

  @Test
  void manyCratesAreComparedInPages() throws InterruptedException {
    replace(FollowMode.ALL, new FollowSettings.Limits(0, 0, 0, 8));
    scene.known("only-here");
    scene.start();
    scene.round();
    DumpText dump = new DumpText();
    for (int i = 0; i < 450; i++) {
      String name = "crate-%03d".formatted(i);
      scene.release(name, "1.0.0");
      var _ = dump.crate(name, i).version(name, "1.0.0", false);
    }
    int before = scene.indexRequests();
    publish(dump);

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 451);
    assertThat(scene.isKnown("crate-000")).isTrue();
    assertThat(scene.isKnown("crate-449")).isTrue();

    publish(dump);
    scene.round();

    // All are stored as the dump has them, except for the one that it lacks.
    assertThat(scene.indexRequests()).isEqualTo(before + 452);
  }

  @Test
  void aDumpThatIsYoungerClosesAGap() throws InterruptedException {
    scene.known("alpha");
    scene.known("beta");
    scene.start();
    scene.gate.upstream.down = true;
    scene.round();
    assertThat(scene.status().reply().gap()).isTrue();
    scene.gate.upstream.down = false;
    int before = scene.indexRequests();
    publish(dump("alpha", "beta"));
    Instant polled = scene.now();

    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before);
    assertThat(scene.status().reply().gap()).isFalse();
    assertThat(scene.status().reply().currentUntil()).isEqualTo(polled);
  }

  @Test
  void anUnchangedDumpIsNotReadAgain() throws InterruptedException {
    begin("alpha");
    publish(dump("alpha"));
    scene.files.parts(100);
    scene.round();
    int parts = scene.files.requests().size();
    scene.gate.clock.advance(Duration.ofHours(25));

    scene.round();

    List<String> since = scene.files.requests().subList(parts, scene.files.requests().size());
    assertThat(since).containsExactly(RegistryFiles.UPDATES, RegistryFiles.DUMP + " 0");
  }

  @Test
  void aRestartReadsTheDumpOnlyOnce() throws InterruptedException {
    begin("alpha");
    publish(dump("alpha"));
    scene.round();
    int parts = scene.files.requests().size();

    scene.start();
    scene.round();

    assertThat(scene.files.requests().subList(parts, parts + 1))
        .containsExactly(RegistryFiles.UPDATES);
    assertThat(scene.files.requests()).hasSize(parts + 1);
  }

  @Test
  void aNodeWithoutATableDoesNotReadADumpThatWasCompared()
      throws InterruptedException, IOException {
    begin("alpha");
    publish(dump("alpha"));
    scene.files.parts(100);
    scene.round();
    int parts = scene.files.requests().size();
    Files.delete(folder.resolve(CrateUseTable.BY_NAME));
    Files.delete(folder.resolve(CrateUseTable.BY_USE));

    scene.start();
    scene.round();

    List<String> since = scene.files.requests().subList(parts, scene.files.requests().size());
    assertThat(since).containsExactly(RegistryFiles.UPDATES, RegistryFiles.DUMP + " 0");
  }

  /// Only the names of a dump tell whether a new private name is free.
  @Test
  void aNodeWithoutATableReadsADumpAgainOnceANameIsAskedFor()
      throws InterruptedException, IOException {
    Duration age = Duration.ofDays(3);
    begin("alpha");
    publish(dump("alpha"));
    scene.round();
    Files.delete(folder.resolve(CrateUseTable.BY_NAME));
    Files.delete(folder.resolve(CrateUseTable.BY_USE));
    scene.start();
    assertThat(scene.run().lists(name("alpha"), age)).as("no list yet").isEmpty();

    scene.round();

    assertThat(scene.run().lists(name("alpha"), age)).hasValue(true);
  }

  @Test
  void aDumpThatFailsIsRequestedLessAndLessOften() throws InterruptedException {
    begin("alpha");
    for (int rounds = 0; rounds < 24; rounds++) {
      scene.round();
    }

    // At once, after an hour, and after two more; the next one follows after four.
    assertThat(scene.files.requests().stream().filter((RegistryFiles.DUMP + " 0")::equals))
        .hasSize(3);
  }

  @Test
  void aDumpWaitsForTheNextDayIfTheBytesOfThisOneAreUsedUp() throws InterruptedException {
    replace(FollowMode.LOCKFILES, new FollowSettings.Limits(1, 1_100, 0, 1));
    begin("alpha");
    DumpText dump = dump("alpha");
    for (int i = 0; i < 500; i++) {
      String name = "crate-%03d".formatted(i);
      var _ = dump.crate(name, i).version(name, "1.0.0", false);
    }
    publish(dump);
    scene.files.parts(64);
    long failures = scene.status().counts().failures();
    scene.round();
    assertThat(scene.status().reply().bytesLeft()).isZero();
    assertThat(scene.status().reply().trouble()).contains("the bytes of the next day");

    while (LocalTime.ofInstant(scene.now(), ZoneOffset.UTC).isAfter(LocalTime.of(0, 11))) {
      scene.round();
    }
    assertThat(firstParts()).isEqualTo(2);

    scene.round();

    assertThat(firstParts()).isEqualTo(3);
    assertThat(scene.status().counts().failures()).isEqualTo(failures);
  }

  private long firstParts() {
    return scene.files.requests().stream().filter((RegistryFiles.DUMP + " 0")::equals).count();
  }

  @Test
  void aPauseThatTheHostAsksForIsObserved() throws InterruptedException {
    scene.known("alpha");
    scene.start();
    scene.files.instead(
        RegistryFiles.DUMP, new Fetched.Failed("its source returned 503", Duration.ofMinutes(2)));

    assertThat(scene.timed()).isGreaterThanOrEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aDumpIsFetchedInPartsUntilItsTablesEnd() throws InterruptedException {
    begin("alpha");
    publish(dump("alpha"));
    scene.files.parts(64);

    scene.round();

    assertThat(scene.files.requests()).contains(RegistryFiles.DUMP + " 64");
    assertThat(CrateUseTable.open(folder)).isPresent();
  }

  @Test
  void aDumpThatIsReplacedMeanwhileIsRefused() throws InterruptedException, IOException {
    begin("alpha");
    publish(dump("alpha"));
    scene.files.parts(64);
    scene.files.replaceDump();

    scene.round();

    assertThat(scene.status().reply().trouble()).contains("dump");
    assertThat(CrateUseTable.open(folder)).isEmpty();
    assertNoTemporaryFiles();
  }

  @Test
  void damagedDumpsChangeNothing() throws InterruptedException, IOException {
    begin("alpha");
    publish(dump("alpha"));
    scene.round();
    CrateUseTable table = CrateUseTable.open(folder).orElseThrow();
    byte[] whole = dump("alpha", "beta").build(scene.now()).array();
    List<Bytes> damaged =
        List.of(Bytes.EMPTY, Bytes.utf8("<html>"), Bytes.copyOf(whole, 0, whole.length / 2));
    for (Bytes file : damaged) {
      scene.gate.clock.advance(Duration.ofDays(1));
      scene.files.dump(file, "\"" + scene.now() + "\"");
      scene.round();

      assertThat(scene.status().reply().trouble()).contains("dump");
      assertThat(CrateUseTable.open(folder)).contains(table);
      assertNoTemporaryFiles();
    }
  }

  private void assertNoTemporaryFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isSubsetOf(CrateUseTable.BY_NAME, CrateUseTable.BY_USE);
    }
  }

  @Test
  void aDumpOfTheFutureDoesNotRequestCratesForever() throws InterruptedException {
    begin("alpha");
    scene.gate.clock.advance(Duration.ofDays(1));
    Bytes future =
        dump("alpha", "beta")
            .version("alpha", "9.0.0", false)
            .build(scene.now().plus(Duration.ofDays(3_650)));
    scene.files.dump(future, "\"future\"");
    int before = scene.indexRequests();

    scene.round();
    scene.round();

    assertThat(scene.indexRequests()).isEqualTo(before + 1);
  }

  @Test
  void anUpstreamThatIsDownIsAskedAgainForWhatDiffers() throws InterruptedException {
    begin("alpha", "beta");
    publish(dump("alpha", "beta").version("beta", "1.1.0", false));
    scene.release("beta", "1.1.0");
    scene.gate.upstream.down = true;
    scene.round();
    assertThat(scene.hasLine("beta", "1.1.0")).isFalse();

    scene.gate.upstream.down = false;
    scene.round();

    assertThat(scene.hasLine("beta", "1.1.0")).isTrue();
  }
}
