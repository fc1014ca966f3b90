package lazaret.bundle.checking;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.BundleExporter;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.Formats;
import lazaret.bundle.tuf.InMemoryTrustStore;
import lazaret.testkit.Mutator;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleVerifierTest {
  private static final Clock CLOCK = Clock.fixed(Formats.NOW, ZoneOffset.UTC);

  @TempDir Path folder;
  private final TestExports.Memory source = new TestExports.Memory();

  @BeforeEach
  void snapshots() {
    source.add(1, crate("a", "1.0.0"), crate("b", "1.0.0"));
    source.add(
        2,
        crate("a", "1.0.0", "1.0.1"),
        new SnapshotCrate(CrateName.parse("b"), List.of(line("b", "1.0.0", false))),
        crate("c", "2.0.0", "2.1.0", "2.2.0"));
  }

  private Path export(ExportOptions order) throws IOException {
    return BundleExporter.export(order, source, TestExports.signers(), folder).folder();
  }

  private Path full() throws IOException {
    return export(TestExports.withParts(TestExports.order(source, SnapshotKind.FULL, 2), 4096));
  }

  private static BundleInspection inspect(Path bundle) {
    return BundleInspection.of(
        BundleFiles.in(bundle),
        new InMemoryTrustStore(TestExports.root(Duration.ofDays(900))),
        CLOCK);
  }

  private static BundleVerifier.Checked check(Path bundle) throws IOException {
    return BundleVerifier.check(inspect(bundle), _ -> {});
  }

  @Test
  void findsNothingWrongWithWhatWasExported() throws IOException {
    AtomicLong last = new AtomicLong();
    BundleInspection inspected = inspect(full());
    BundleVerifier.Checked full = BundleVerifier.check(inspected, last::set);
    assertThat(full).isEqualTo(new BundleVerifier.Checked(3, 6, 5, full.bytes(), 0));
    assertThat(full.bytes()).isPositive();
    assertThat(last.get()).isGreaterThan(full.bytes()).isLessThanOrEqualTo(inspected.partBytes());
    // The last artifact is followed by less than a block and the two blocks at the end.
    assertThat(inspected.partBytes() - last.get()).isBetween(1_024L, 10_240L);
    BundleVerifier.Checked delta =
        check(export(TestExports.order(source, SnapshotKind.DELTA, 2, 1)));
    assertThat(delta.artifacts()).isEqualTo(4);
    assertThat(delta.elsewhere()).isEqualTo(1);
    BundleVerifier.Checked denials =
        check(export(TestExports.order(source, SnapshotKind.REVOCATION, 2, 1)));
    assertThat(denials).isEqualTo(new BundleVerifier.Checked(1, 1, 0, 0, 0));
  }

  @Test
  void looksIntoABundleWithoutReadingItsTables() throws IOException {
    Path bundle = full();
    List<String> opened = new ArrayList<>();
    BundleFiles files = BundleFiles.in(bundle);
    var watched =
        new BundleFiles(
            files.lengths(),
            name -> {
              opened.add(name);
              return new FilterInputStream(files.open(name)) {};
            });
    BundleInspection seen =
        BundleInspection.of(
            watched, new InMemoryTrustStore(TestExports.root(Duration.ofDays(900))), CLOCK);
    assertThat(seen.statement().sequence()).isEqualTo(2);
    assertThat(opened)
        .hasSize(5)
        .filteredOn(name -> name.startsWith("targets/"))
        .containsExactly("targets/" + seen.digest() + ".bundle.json");
  }

  @Test
  void namesWhatIsWrongWithTheMedium() throws IOException {
    Path bundle = full();
    Path part = TestExports.target(bundle, "part-0002.tar");
    byte[] good = Files.readAllBytes(part);
    byte[] bad = good.clone();
    bad[700] ^= 1;
    Files.write(part, bad);
    assertRefused(BundleCode.PART_DAMAGED, "'part-0002.tar'", () -> check(bundle));
    Files.write(part, java.util.Arrays.copyOf(good, good.length + 512));
    assertRefused(BundleCode.PART_DAMAGED, "'part-0002.tar'", () -> check(bundle));
    Files.write(part, java.util.Arrays.copyOf(good, 600));
    assertRefused(BundleCode.PART_DAMAGED, "found 600", () -> check(bundle));
    Files.write(part, new byte[0]);
    assertRefused(BundleCode.PART_DAMAGED, "found 0", () -> check(bundle));
    Files.delete(part);
    assertRefused(BundleCode.PART_MISSING, "'part-0002.tar'", () -> check(bundle));
    Files.write(part, good);
    assertThat(check(bundle).artifacts()).isEqualTo(5);
    Path extra = Files.writeString(bundle.resolve("targets/readme.txt"), "run me");
    assertRefused(BundleCode.UNEXPECTED_FILE, "readme.txt", () -> check(bundle));
    Files.delete(extra);
    Files.createSymbolicLink(extra, part);
    assertRefused(BundleCode.UNEXPECTED_FILE, "not a plain file", () -> check(bundle));
  }

  @Test
  void tablesThatDifferFromTheSignedOnesAreRefused() throws IOException {
    Path bundle = full();
    for (String table :
        List.of(
            "index.ndjson.gz",
            "decisions.dsse.ndjson.gz",
            "advisories.ndjson.gz",
            "sbom.cdx.json.gz",
            "blobs.tsv")) {
      Path file = TestExports.target(bundle, table);
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[good.length / 2] ^= 4;
      Files.write(file, bad);
      assertRefused(BundleCode.TABLE_HASH_MISMATCH, "'" + table + "'", () -> check(bundle));
      Files.write(file, good);
    }
    assertThat(check(bundle).artifacts()).isEqualTo(5);
  }

  /// A property: every changed bit of a bundle is detected. A bit that makes a digit of a signature
  /// a capital letter is excepted, because the signature stays the same. The trusted root is
  /// skipped, because its signatures are not checked again.
  @Test
  void everyTurnedBitIsNoticed() throws IOException {
    Path bundle = full();
    List<Path> files;
    try (Stream<Path> all = Files.walk(bundle)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.endsWith("1.root.json"))
              .sorted()
              .toList();
    }
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      var random = new Mutator(good.length);
      for (int round = Mutator.rounds(5); round > 0; round--) {
        byte[] bad = good.clone();
        bad[random.below(bad.length)] ^= (byte) (1 << random.below(8));
        Files.write(file, bad);
        BundleException refusal = catchThrowableOfType(BundleException.class, () -> check(bundle));
        if (refusal == null) {
          assertThat(new String(bad, StandardCharsets.ISO_8859_1))
              .as(file + ", round " + round)
              .isEqualToIgnoringCase(new String(good, StandardCharsets.ISO_8859_1));
        }
      }
      Files.write(file, good);
    }
  }
}
