package lazaret.bundle.exporting;

import static lazaret.bundle.exporting.TestExports.order;
import static lazaret.bundle.exporting.TestExports.signers;
import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.exporting.TestExports.Memory;
import lazaret.bundle.format.AdvisoryTable;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.Formats;
import lazaret.bundle.format.TableLineReader;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarReader;
import lazaret.bundle.trust.BundleTrust;
import lazaret.bundle.tuf.FolderMetadataSource;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.ProductVersion;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.RunningOperations;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import lazaret.vetting.snapshot.SnapshotLine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleExporterTest {
  @TempDir Path folder;
  private final Memory source = new Memory();

  @BeforeEach
  void snapshots() {
    source.add(
        40,
        crate("a", "1.0.0"),
        crate("b", "1.0.0", "1.1.0"),
        crate("c", "1.0.0"),
        crate("d", "1.0.0"));
    source.add(41, crate("a", "1.0.0"), crate("b", "1.0.0", "1.1.0"), crate("c", "1.0.0"));
    source.add(
        42,
        crate("a", "1.0.0"),
        new SnapshotCrate(
            CrateName.parse("b"), List.of(line("b", "1.0.0", false), line("b", "1.1.0", true))),
        crate("d", "1.0.0", "1.0.1"),
        crate("E", "0.1.0+x"));
  }

  private Path export(ExportOptions order) throws IOException {
    return BundleExporter.export(order, source, signers(), folder).folder();
  }

  private static Sha256 cksum(String name, String version) {
    return line(name, version, true).entry().cksum();
  }

  @Test
  void theArtifactsAreCountedAsStepsOfTheOperation() {
    var operations = new RunningOperations();

    RunningOperation.State state =
        operations.run(
            "export",
            () -> {
              try {
                var _ = export(order(source, SnapshotKind.FULL, 42));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
              return operations.running().getFirst();
            });

    assertThat(state.share().phase()).isEqualTo("artifacts");
    assertThat(state.share().unit()).isEqualTo("artifacts");
    assertThat(state.share().total()).isPositive().isEqualTo(state.share().done());
  }

  @Test
  void aFullBundleHoldsTheSnapshot() throws IOException {
    Path bundle = export(order(source, SnapshotKind.FULL, 42));
    assertThat(bundle).hasFileName("prod-e1-00000042-full");
    BundleStatement statement = TestExports.statement(bundle);
    assertThat(statement.product()).isEqualTo("lazaret " + ProductVersion.of(BundleExporter.class));
    assertThat(statement.issued()).isEqualTo(Formats.NOW);
    assertThat(statement.expires()).isEqualTo(Formats.NOW.plus(Duration.ofDays(90)));
    assertThat(statement.changes().added().count()).isEqualTo(5);
    assertThat(statement.changes().revoked().items()).containsExactly("b 1.0.0");
    assertThat(statement.result().bytes())
        .isEqualTo(TestExports.artifacts(bundle).values().stream().mapToLong(Bytes::length).sum());
    assertThat(TestExports.crates(bundle)).isEqualTo(source.crates(42));
    assertThat(TestExports.root(TestExports.crates(bundle)))
        .isEqualTo(statement.result().stateRoot());
    // The bundle omits the bytes of denied versions.
    assertThat(TestExports.artifacts(bundle))
        .containsOnlyKeys(
            cksum("a", "1.0.0"),
            cksum("b", "1.1.0"),
            cksum("d", "1.0.0"),
            cksum("d", "1.0.1"),
            cksum("E", "0.1.0+x"))
        .containsEntry(cksum("a", "1.0.0"), Formats.artifact("a", "1.0.0"));
    try (TableLineReader in = TestExports.table(bundle, statement, BundleTarget.ADVISORIES)) {
      assertThat(AdvisoryTable.read(in, statement.feeds())).isEqualTo(source.feeds());
    }
    assertThat(materials(bundle, statement))
        .contains("\"purl\":\"pkg:cargo/E@0.1.0%2Bx\"", "\"expression\":\"MIT OR Apache-2.0\"")
        .doesNotContain("pkg:cargo/b@1.0.0");
  }

  private static String materials(Path bundle, BundleStatement statement) throws IOException {
    var text = new StringBuilder();
    try (TableLineReader in = TestExports.table(bundle, statement, BundleTarget.SBOM)) {
      for (Optional<Bytes> l = in.line(9999); l.isPresent(); l = in.line(9999)) {
        text.append(l.get().text());
      }
    }
    return text.toString();
  }

  @Test
  void aDeltaHoldsWhatChangedSinceItsOldestBase() throws IOException {
    Path bundle = export(order(source, SnapshotKind.DELTA, 42, 40, 41));
    BundleStatement statement = TestExports.statement(bundle);
    assertThat(statement.bases())
        .extracting(BundleStatement.State::sequence)
        .containsExactly(40L, 41L);
    assertThat(TestExports.crates(bundle))
        .extracting(c -> c.name() + " " + c.lines().size())
        .containsExactly("b 2", "c 0", "d 2", "E 1");
    // A network that starts with snapshot 41 lacks d 1.0.0.
    assertThat(TestExports.artifacts(bundle))
        .containsOnlyKeys(cksum("d", "1.0.0"), cksum("d", "1.0.1"), cksum("E", "0.1.0+x"));
    BundleStatement.Changes changes = statement.changes();
    assertThat(changes.added().items()).containsExactly("d 1.0.1", "E 0.1.0+x");
    assertThat(changes.removed().items()).containsExactly("c 1.0.0");
    assertThat(changes.revoked().items()).containsExactly("b 1.0.0");
    assertThat(changes.changed().count() + changes.cksumChanged().count()).isZero();
  }

  @Test
  void aRevocationHoldsDenialsAlone() throws IOException {
    Path bundle = export(order(source, SnapshotKind.REVOCATION, 42, 40));
    BundleStatement statement = TestExports.statement(bundle);
    assertThat(statement.minSequence()).isEqualTo(40);
    assertThat(TestExports.crates(bundle))
        .containsExactly(
            new SnapshotCrate(CrateName.parse("b"), List.of(line("b", "1.0.0", false))));
    assertThat(TestExports.artifacts(bundle)).isEmpty();
    assertThat(statement.contents().parts()).isZero();
    assertThat(statement.feeds()).isEmpty();
    assertThat(statement.changes().revoked().items()).containsExactly("b 1.0.0");
    assertThat(statement.changes().removed().count()).isZero();
    long size = 0;
    for (Path file : files(bundle).values()) {
      size += Files.size(file);
    }
    assertThat(size).isLessThan(100 << 10);
  }

  @Test
  void theSameSnapshotGivesTheSameBytes() throws IOException {
    ExportOptions order = order(source, SnapshotKind.DELTA, 42, 40);
    var unsigned =
        new BundleSigners(signers().roots(), signers().decisions(), List.of(), List.of());
    Path other = Files.createDirectory(folder.resolve("other"));
    Path one = BundleExporter.export(order, source, unsigned, folder).folder();
    Path two = BundleExporter.export(order, source, unsigned, other).folder();
    Map<String, Path> files = files(one);
    assertThat(files(two)).containsOnlyKeys(files.keySet()).hasSize(11);
    for (String name : files.keySet()) {
      assertThat(two.resolve(name)).hasSameBinaryContentAs(one.resolve(name));
    }
    assertThat(files(export(order(source, SnapshotKind.FULL, 42))).keySet())
        .allMatch(name -> name.matches("[a-z0-9./-]{1,100}"));
  }

  private static Map<String, Path> files(Path bundle) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(bundle)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(bundle.relativize(file).toString(), file));
    }
    return files;
  }

  @Test
  void partsAreSplitBetweenArtifacts() throws IOException {
    Path bundle = export(TestExports.withParts(order(source, SnapshotKind.FULL, 42), 4096));
    assertThat(TestExports.statement(bundle).contents().parts()).isGreaterThan(1);
    assertThat(TestExports.artifacts(bundle)).hasSize(5);
  }

  @Test
  void whatIsSignedIsTrusted() throws IOException {
    Path bundle = export(order(source, SnapshotKind.FULL, 42));
    BundleTrust.Verified verified =
        BundleTrust.refresh(
            new InMemoryTrustStore(TestExports.root(Duration.ofDays(900))),
            FolderMetadataSource.read(bundle.resolve("metadata")),
            Clock.fixed(Formats.NOW, ZoneOffset.UTC));
    assertThat(verified.targets().targets()).hasSize(7).containsKey("part-0001.tar");
  }

  @Test
  void oneFileHoldsTheFilesOfTheFolder() throws IOException {
    Path bundle = export(order(source, SnapshotKind.FULL, 42));
    Path single = SingleFileBundle.pack(bundle);
    assertThat(single).hasFileName("prod-e1-00000042-full.tar");
    List<String> names = new ArrayList<>();
    try (var in = Files.newInputStream(single)) {
      var reader = new UstarReader(in, Ustar.Names.FILES, "it");
      for (Optional<Ustar.Entry> e = reader.next(); e.isPresent(); e = reader.next()) {
        names.add(e.get().name());
        assertThat(reader.content(1 << 20))
            .isEqualTo(Bytes.of(Files.readAllBytes(bundle.resolve(e.get().name()))));
      }
    }
    assertThat(names).containsExactlyInAnyOrderElementsOf(files(bundle).keySet());
    assertThat(names.getLast()).endsWith(".part-0001.tar");
  }

  @Test
  void whatDoesNotComeToItsEndHasNoName() throws IOException {
    ExportOptions order = order(source, SnapshotKind.FULL, 42);
    Bytes held = source.artifacts.remove(cksum("d", "1.0.1"));
    assertRefused(BundleCode.BLOB_MISSING, "cannot export d 1.0.1", () -> export(order));
    source.artifacts.put(cksum("d", "1.0.1"), Bytes.utf8("other"));
    assertRefused(BundleCode.BLOB_DIGEST_MISMATCH, "run fsck", () -> export(order));
    assertThat(folder.resolve("prod-e1-00000042-full")).doesNotExist();
    source.artifacts.put(cksum("d", "1.0.1"), Optional.ofNullable(held).orElseThrow());
    Path bundle = export(order);
    assertThat(TestExports.artifacts(bundle)).hasSize(5);
    assertThatThrownBy(() -> export(order)).isInstanceOf(FileAlreadyExistsException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(bundle);
    }
  }

  @Test
  void refusesRootsThatWouldExpireInTheDark() {
    var soon =
        new BundleSigners(
            List.of(TestExports.root(Duration.ofDays(119))), Formats.KEY, List.of(), List.of());
    assertRefused(
        BundleCode.METADATA_EXPIRED,
        "root version 1 expires at 2027-03-23T12:00:00Z, and this bundle needs it until 2027-03-24",
        () -> BundleExporter.export(order(source, SnapshotKind.FULL, 42), source, soon, folder));
  }

  /// A property: reading a bundle returns the exported crates, statements, bytes and state root,
  /// and a delta applied to its base results in the snapshot.
  @Test
  void everySnapshotIsReadBackAsItWas() throws IOException {
    for (int seed = 1; seed <= Mutator.rounds(6); seed++) {
      var random = new Mutator(seed);
      var memory = new Memory();
      memory.add(1, random(random));
      memory.add(2, random(random));
      Path into = Files.createDirectory(folder.resolve("seed" + seed));
      Path full =
          BundleExporter.export(order(memory, SnapshotKind.FULL, 2), memory, signers(), into)
              .folder();
      assertThat(TestExports.crates(full)).as("seed " + seed).isEqualTo(memory.crates(2));
      Path delta =
          BundleExporter.export(order(memory, SnapshotKind.DELTA, 2, 1), memory, signers(), into)
              .folder();
      TreeMap<String, SnapshotCrate> state = new TreeMap<>();
      memory.crates(1).forEach(c -> state.put(c.name().collisionKey(), c));
      TestExports.crates(delta).forEach(c -> state.put(c.name().collisionKey(), c));
      assertThat(TestExports.root(List.copyOf(state.values())))
          .as("seed " + seed)
          .isEqualTo(TestExports.statement(delta).result().stateRoot());
      TestExports.artifacts(full)
          .forEach((digest, bytes) -> assertThat(Sha256.of(bytes)).isEqualTo(digest));
    }
  }

  private static SnapshotCrate[] random(Mutator random) {
    List<SnapshotCrate> crates = new ArrayList<>();
    for (String name : List.of("a", "b-c", "Dee", "e_f", "zz")) {
      List<SnapshotLine> lines = new ArrayList<>();
      for (String version : List.of("0.1.0", "1.0.0-rc.1", "1.0.0+b")) {
        if (random.below(3) > 0) {
          lines.add(line(name, version, random.below(4) > 0));
        }
      }
      if (!lines.isEmpty()) {
        crates.add(new SnapshotCrate(CrateName.parse(name), lines));
      }
    }
    return crates.toArray(SnapshotCrate[]::new);
  }
}
