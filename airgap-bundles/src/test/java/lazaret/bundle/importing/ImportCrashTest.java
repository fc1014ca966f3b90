package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import lazaret.bundle.importing.ImportOutcome.AlreadyImported;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.storage.files.FileTrees;
import lazaret.testkit.Attack;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed during an import, between any two steps or at a random moment. The old
/// or the new snapshot is served completely, and a repeated import succeeds.
@Tag("ci")
class ImportCrashTest {
  private static final boolean ALL = Boolean.getBoolean("lazaret.all");
  private static final int ANYWHERE = Integer.getInteger("lazaret.crash.rounds", ALL ? 200 : 3);
  private static final int CRATES = 40;

  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private Path bundle = Path.of("");

  /// Prepares a network with one snapshot and a bundle of the next one with every kind of change.
  @BeforeEach
  void prepare() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    List<SnapshotCrate> crates = new ArrayList<>();
    for (int i = 0; i < CRATES; i++) {
      crates.add(crate("crate-" + i, "1.0.0"));
    }
    outside.snapshot(crates.toArray(SnapshotCrate[]::new));
    try (NetworkFixture inside = NetworkFixture.open(folder.resolve("first"))) {
      inside.run(outside.bundle(SnapshotKind.FULL));
    }
    crates.removeFirst();
    for (int i = 1; i < CRATES; i += 2) {
      crates.set(i - 1, crate("crate-" + i, "1.0.0", "1.1.0"));
    }
    crates.set(
        1, new SnapshotCrate(CrateName.parse("crate-2"), List.of(line("crate-2", "1.0.0", false))));
    outside.snapshot(crates.toArray(SnapshotCrate[]::new));
    bundle = outside.bundle(SnapshotKind.DELTA, 1);
  }

  private Path data() throws IOException {
    Path data = folder.resolve("data");
    FileTrees.delete(data);
    Files.deleteIfExists(HighWaterMark.beside(data));
    try (Stream<Path> files = Files.walk(folder.resolve("first"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file,
            data.resolve(folder.resolve("first").relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    Files.copy(HighWaterMark.beside(folder.resolve("first")), HighWaterMark.beside(data));
    return data;
  }

  @Test
  @Attack(67)
  void killedBetweenStepsItServesOneSnapshotAndGoesOn() throws Exception {
    for (String where : List.of("step", "before", "after")) {
      int which = 0;
      while (killed(where, which)) {
        // An ordinary run tests every eighth boundary.
        which += ALL ? 1 : 8;
      }
      assertThat(which).as("boundaries of " + where).isGreaterThan(5);
    }
  }

  /// Imported parts are not read again, so that an interrupted import of hours can continue.
  @Test
  @Attack(67)
  void killedBehindAPartItDoesNotReadThatPartAgain() throws Exception {
    Path full = outside.bundle(SnapshotKind.FULL);
    Path data = folder.resolve("empty");
    Process child = ImportChild.start(data, full, "part 2", 0);
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(137);
    long all = 0;
    long taken = 0;
    try (Stream<Path> targets = Files.list(full.resolve("targets"))) {
      for (Path part : targets.filter(f -> f.toString().contains(".part-")).toList()) {
        all += Files.size(part);
        if (part.toString().matches(".*part-000[12]\\.tar")) {
          taken += Files.size(part);
          Files.write(part, new byte[1]);
        }
      }
    }

    var totals = new ArrayList<Long>();
    try (NetworkFixture inside = NetworkFixture.open(data)) {
      ImportProgress progress =
          (stage, _, total) -> {
            if (stage == ImportProgress.Stage.PARTS) {
              totals.add(total);
            }
          };
      assertThat(inside.run(ImportOptions.of(full, "ann"), progress)).isInstanceOf(Imported.class);
      whole(inside, 2, "behind part 2");
    }
    assertThat(totals).containsOnly(all - taken);
    assertThat(taken).isPositive();
  }

  private boolean killed(String where, int which) throws IOException, InterruptedException {
    Path data = data();
    Process child = ImportChild.start(data, bundle, where, which);
    assertThat(child.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).as(where + " " + which).isIn(0, 137);
    check(data, where + " " + which);
    return child.exitValue() == 137;
  }

  @Test
  @Attack(67)
  void killedAnywhereItServesOneSnapshotAndGoesOn() throws Exception {
    var random = new SplittableRandom(20261124);
    long whole = duration();
    for (int round = 1; round <= ANYWHERE; round++) {
      Path data = data();
      Process child = ImportChild.start(data, bundle, "nowhere", 0);
      try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
        assertThat(lines.readLine()).isEqualTo("ready");
        LockSupport.parkNanos(random.nextLong(whole));
      } finally {
        child.destroyForcibly();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
      check(data, "round " + round);
    }
  }

  private long duration() throws IOException, InterruptedException {
    Process child = ImportChild.start(data(), bundle, "nowhere", 0);
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(lines.readLine()).isEqualTo("ready");
      long begin = System.nanoTime();
      assertThat(child.waitFor()).isZero();
      return System.nanoTime() - begin;
    }
  }

  private void check(Path data, String when) throws IOException {
    try (NetworkFixture inside = NetworkFixture.open(data)) {
      long head = inside.store.snapshots().head();
      assertThat(head).as(when).isIn(1L, 2L);
      whole(inside, head, when);
      assertThat(inside.run(bundle))
          .as(when)
          .isInstanceOfAny(Imported.class, AlreadyImported.class);
      whole(inside, 2, when + ", done again");
      assertThat(inside.rows()).as(when).hasSize(CRATES + 2 + CRATES / 2);
      assertThat(inside.importer.highWater().orElseThrow().sequence()).as(when).isEqualTo(2);
      assertThat(inside.store.meta(MetaKey.BUNDLE_IMPORT).map(b -> b.length()).orElse(0)).isZero();
    }
  }

  private void whole(NetworkFixture inside, long sequence, String when) {
    assertThat(inside.root()).as(when).isEqualTo(outside.info(sequence).stateRoot());
    assertThat(inside.crates()).as(when).isEqualTo(outside.crates(sequence));
    for (SnapshotCrate crate : inside.crates()) {
      for (SnapshotLine line : crate.lines()) {
        if (line.statement().allows()) {
          assertThat(inside.store.artifact(line.entry().cksum()).map(Sha256::of))
              .as(when + ": " + line.entry().id())
              .contains(line.entry().cksum());
        }
      }
    }
    assertThat(inside.index("crate-2")).as(when).contains("\"yanked\":" + (sequence == 2));
    assertThat(inside.store.checkEngine()).as(when).isEmpty();
  }
}
