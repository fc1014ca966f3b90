package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Interrupted imports, restored stores, and scanners.
class ImportRecoveryTest {
  @TempDir Path folder;
  private ConnectedFixture outside = new ConnectedFixture(Path.of(""));
  private NetworkFixture inside;

  @BeforeEach
  void networks() throws IOException {
    outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    inside = NetworkFixture.open(folder.resolve("data"));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Path next(SnapshotKind kind, long... bases) throws IOException {
    long n = outside.newest() + 1;
    outside.snapshot(
        crate("alpha", "1.0." + n),
        crate("beta", "1.0.0", "1.1.0"),
        crate("gamma", "1.0.0", "1.1.0", "1.2.0"));
    return outside.bundle(kind, bases);
  }

  private static List<Path> parts(Path bundle) throws IOException {
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      return files
          .filter(f -> f.toString().contains(".part-"))
          .sorted(
              java.util.Comparator.comparing(
                  f -> f.toString().substring(f.toString().indexOf(".part-"))))
          .toList();
    }
  }

  @Test
  void partsComeInAnyOrderOnSeveralMedia() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    List<Path> parts = parts(bundle);
    assertThat(parts).hasSizeGreaterThan(1);
    Path first = folder.resolve(String.valueOf(parts.getFirst().getFileName()));
    Files.move(parts.getFirst(), first);
    assertRefused(BundleCode.PART_MISSING, "'part-0001.tar' is missing", () -> inside.run(bundle));
    assertThat(inside.store.snapshots().head()).isZero();
    int taken = inside.artifacts().size();
    assertThat(taken).isPositive();

    Files.move(first, parts.getFirst());
    for (Path part : parts.subList(1, parts.size())) {
      Files.delete(part);
    }
    assertThat(inside.run(bundle)).isInstanceOf(Imported.class);
    assertThat(inside.artifacts()).hasSize(6);
  }

  @Test
  void aDamagedPartIsReadAnewAndTheOthersAreNot() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    Path last = parts(bundle).getLast();
    byte[] good = Files.readAllBytes(last);
    byte[] bad = good.clone();
    bad[700] ^= 1;
    Files.write(last, bad);
    assertRefused(BundleCode.PART_DAMAGED, "'part-", () -> inside.run(bundle));
    Files.write(last, good);
    for (Path part : parts(bundle)) {
      if (!part.equals(last)) {
        Files.write(part, new byte[1]);
      }
    }

    assertThat(inside.run(bundle)).isInstanceOf(Imported.class);
    assertThat(inside.root()).isEqualTo(outside.info(1).stateRoot());
  }

  /// An interrupted part is read from its beginning, which is cheap; its stored artifacts are not
  /// written again.
  @Test
  void whatIsHeldOfAPartThatWasCutOffIsNotWrittenAgain() throws IOException {
    int all = 400;
    outside.snapshot(
        crate(
            "gamma",
            IntStream.range(0, all).mapToObj(n -> "1.%d.0".formatted(n)).toArray(String[]::new)));
    Path bundle = outside.bundle(TestExports.withParts(outside.order(SnapshotKind.FULL), 1 << 20));
    Path part = parts(bundle).getFirst();
    byte[] good = Files.readAllBytes(part);
    byte[] bad = good.clone();
    Arrays.fill(bad, 2 * good.length / 3, good.length, (byte) 0);
    Files.write(part, bad);
    assertThat(parts(bundle)).hasSize(1);
    assertThatThrownBy(() -> inside.run(bundle)).isInstanceOf(BundleException.class);
    List<Sha256> before = inside.artifacts();
    assertThat(before).isNotEmpty().hasSizeLessThan(all);
    inside.close();
    List<Sha256> written = new ArrayList<>();
    inside =
        NetworkFixture.open(
            folder.resolve("data"), ImportContext.Steps.NONE, store -> noting(store, written));
    Files.write(part, good);

    assertThat(inside.run(bundle)).isInstanceOf(Imported.class);

    assertThat(inside.artifacts()).hasSize(all);
    assertThat(written).isNotEmpty().doesNotContainAnyElementsOf(before);
    assertThat(written).hasSize(all - before.size());
  }

  /// Returns the store, wrapped to record the artifacts that are written.
  private static Store noting(Store store, List<Sha256> written) {
    return passing(
        Store.class,
        store,
        (name, answer, _) ->
            name.equals("bulk")
                ? passing(
                    Store.BulkWriter.class,
                    Objects.requireNonNull((Store.BulkWriter) answer),
                    (step, done, given) -> {
                      if (step.equals("put")) {
                        written.add(((VerifiedCrate) given[0]).id().cksum());
                      }
                      return done;
                    })
                : answer);
  }

  private interface Look {
    @Nullable Object at(String method, @Nullable Object answer, Object[] given);
  }

  private static <T> T passing(Class<T> type, T real, Look look) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, given) -> {
              try {
                return look.at(method.getName(), method.invoke(real, given), given);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Test
  void whatAnImportLeftIsLetGoOfWhenAnotherBundleComes() throws IOException {
    assertThat(inside.run(next(SnapshotKind.FULL))).isInstanceOf(Imported.class);
    Path left = next(SnapshotKind.DELTA, 1);
    parts(left).forEach(part -> assertThat(part.toFile().delete()).isTrue());
    assertRefused(BundleCode.PART_MISSING, "'part-0001.tar'", () -> inside.run(left));
    assertThat(inside.rows()).extracting(row -> row.sequence()).contains(2L);

    Path third = next(SnapshotKind.FULL);
    assertThat(inside.run(third)).isInstanceOf(Imported.class);
    assertThat(inside.rows()).extracting(row -> row.sequence()).containsExactly(1L, 3L, 1L, 1L);
    assertThat(inside.crates()).isEqualTo(outside.crates(3));
    assertThat(inside.data.resolve("import"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("dry-"));
  }

  @Test
  void anImportIsTheOnlyOneOnItsFolder() throws Exception {
    Path bundle = next(SnapshotKind.FULL);
    var inIt = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    inside.close();
    inside =
        NetworkFixture.open(
            folder.resolve("data"),
            step -> {
              if (step.equals("rows")) {
                inIt.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              }
            });
    var first = new FutureTask<>(() -> inside.run(bundle));
    Thread.ofPlatform().start(first);
    inIt.await();

    assertRefused(BundleCode.IMPORT_IN_PROGRESS, "another import runs", () -> inside.run(bundle));
    goOn.countDown();
    assertThat(first.get()).isInstanceOf(Imported.class);
  }

  @Test
  void aStoreThatIsBroughtBackTakesNothingBeforeSomebodySaysSo() throws IOException {
    inside.run(next(SnapshotKind.FULL));
    inside.store.backup(folder.resolve("backup"));
    Path second = next(SnapshotKind.DELTA, 1);
    Imported newest = (Imported) inside.run(second);
    inside.close();
    move(folder.resolve("data"), folder.resolve("lost"));
    RocksStore.restore(folder.resolve("backup"), folder.resolve("data"));
    inside = NetworkFixture.open(folder.resolve("data"));
    assertThat(inside.store.snapshots().head()).isEqualTo(1);
    assertThat(inside.root()).isEqualTo(outside.info(1).stateRoot());

    assertRefused(
        BundleCode.HIGHWATER_BEHIND,
        "the store is at snapshot 1, its high-water mark at 2, the newest bundle in the store",
        () -> inside.run(second));
    assertThat(inside.importer.storeLag())
        .hasValueSatisfying(
            behind -> {
              assertThat(behind.stored()).isEqualTo(1);
              assertThat(behind.highWaterMark()).isEqualTo(2);
              assertThat(behind.detail())
                  .startsWith("the store is at snapshot 1, its high-water mark at 2, ")
                  .contains("trust acknowledge-restore --data-dir " + inside.data)
                  .endsWith("and import the bundles since then, at least the newest");
            });
    assertThat(inside.importer.highWater()).contains(newest.highWaterMark());
    HighWaterMark mark = inside.importer.acknowledge("the disk died", "ann");
    assertThat(mark.sequence()).isEqualTo(1);
    assertThat(inside.desk.events(0, 100))
        .anyMatch(
            e ->
                e.event() instanceof Notice n
                    && n.kind() == Notice.Kind.RESTORED
                    && n.detail().contains("the disk died"));
    assertThat(inside.importer.storeLag()).isEmpty();
    assertThat(inside.run(second)).isInstanceOf(Imported.class);
    assertThat(inside.importer.storeLag()).isEmpty();
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to);
  }

  @Test
  void aMarkThatCannotBeReadIsNotOverlooked() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    Path file = HighWaterMark.beside(inside.data);
    Files.writeString(file, "lazaret-highwater/1 stream x\n");
    assertRefused(
        BundleCode.TRUST_UNUSABLE,
        "write into it the line that the last import printed",
        () -> inside.run(bundle));
    assertThat(inside.importer.storeLag())
        .hasValueSatisfying(
            behind -> {
              assertThat(behind.lag())
                  .startsWith("the high-water mark of the store cannot be read");
              assertThat(behind.next()).contains("restore the file, or write into it the line");
            });
    inside.importer.acknowledge("it was damaged", "ann");
    Imported done = (Imported) inside.run(bundle);
    assertThat(Files.readString(file)).isEqualTo(done.highWaterMark().line() + "\n");
  }

  @Test
  void fiveSnapshotsAreKeptAndTheOneThatIsServed() throws IOException {
    inside.run(next(SnapshotKind.FULL));
    for (long base = 1; base <= 4; base++) {
      inside.run(next(SnapshotKind.DELTA, base));
    }
    assertThat(kept()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(inside.artifacts()).hasSize(10);
    inside.run(next(SnapshotKind.DELTA, 5));
    assertThat(kept()).containsExactly(2L, 3L, 4L, 5L, 6L);
    // Only the first snapshot had alpha 1.0.1.
    assertThat(inside.artifacts()).hasSize(10);
    assertThat(inside.crates(2)).isEqualTo(outside.crates(2));
    assertThat(inside.rows()).filteredOn(row -> row.key().equals("alpha")).hasSize(5);
    assertThat(inside.rows()).filteredOn(row -> row.key().equals("beta")).hasSize(1);

    inside.desk.snapshots().rollback(2, "ann", "try");
    for (long n = 2; n <= 6; n++) {
      assertThat(inside.crates(n)).isEqualTo(outside.crates(n));
    }
    assertThatThrownBy(() -> inside.desk.snapshots().rollback(1, "ann", "try"))
        .hasMessageContaining("kept are [2, 3, 4, 5, 6]");
    inside.run(next(SnapshotKind.DELTA, 6));
    assertThat(kept()).containsExactly(3L, 4L, 5L, 6L, 7L);
    assertThat(inside.root()).isEqualTo(outside.info(7).stateRoot());
  }

  private List<Long> kept() {
    return inside.desk.snapshots().all().stream().map(SnapshotInfo::sequence).toList();
  }

  private ImportOptions scanned(Path bundle, String script) throws IOException {
    Path program = folder.resolve("scan.sh");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return ImportOptions.of(bundle, "ann")
        .scanned(new ImportOptions.Scan(List.of(program.toString(), "-x"), Duration.ofSeconds(20)));
  }

  @Test
  void aScannerSeesEveryFileBeforeItsContentIsTaken() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    Path seen = folder.resolve("seen");
    assertThat(inside.run(scanned(bundle, "basename \"$2\" >> " + seen)))
        .isInstanceOf(Imported.class);

    List<String> expected = new ArrayList<>();
    expected.add(planDigest(bundle));
    for (int part = 1; part <= parts(bundle).size(); part++) {
      expected.add("part-%04d.tar".formatted(part));
    }
    assertThat(Files.readAllLines(seen)).isEqualTo(expected);
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
  }

  private static String planDigest(Path bundle) throws IOException {
    String name = String.valueOf(TestExports.target(bundle, "bundle.json").getFileName());
    return name.substring(0, name.indexOf('.'));
  }

  @Test
  void whatAScannerDoesNotAllowIsNotTaken() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    assertRefused(
        BundleCode.SCAN_FAILED,
        "it ended with 2: out of memory",
        () -> inside.run(scanned(bundle, "echo out of memory; exit 2")));
    assertRefused(
        BundleCode.SCAN_FAILED, "did not scan", () -> inside.run(scanned(bundle, "kill -9 $$")));
    String part = "case $2 in *part-0002*) echo Eicar; exit 1;; esac";
    assertRefused(
        BundleCode.SCAN_REJECTED,
        "refuses 'part-0002.tar': Eicar",
        () -> inside.run(scanned(bundle, part)));
    // A permanent refusal leaves no data.
    assertThat(inside.artifacts()).isEmpty();
    assertThat(inside.rows()).isEmpty();
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
  }

  @Test
  void aScannerSeesPartsWhoseContentIsHeldAlready() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    Path part = parts(bundle).getLast();
    Path aside = Files.move(part, folder.resolve("aside"));
    assertRefused(BundleCode.PART_MISSING, "'part-", () -> inside.run(bundle));
    Files.move(aside, part);
    assertRefused(
        BundleCode.SCAN_REJECTED,
        "refuses 'part-0001.tar'",
        () -> inside.run(scanned(bundle, "case $2 in *part-0001*) exit 1;; esac")));
  }
}
