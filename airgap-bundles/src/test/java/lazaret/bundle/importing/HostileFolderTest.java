package lazaret.bundle.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.testkit.Attack;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes and failures during an import: of the medium, the copies, the scanner, and by a second
/// import.
class HostileFolderTest {
  @TempDir Path folder;
  private NetworkFixture inside;
  private Path bundle = Path.of("");
  private Consumer<String> atStep = _ -> {};

  @BeforeEach
  void networks() throws IOException {
    var outside = new ConnectedFixture(Files.createDirectory(folder.resolve("medium")));
    outside.snapshot(
        Stream.of("a", "b", "c", "d", "e", "f")
            .map(name -> Formats.crate(name, "1.0.0", "1.1.0"))
            .toArray(SnapshotCrate[]::new));
    bundle = outside.bundle(SnapshotKind.FULL);
    inside = NetworkFixture.open(folder.resolve("data"), step -> atStep.accept(step));
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private BundleException refused(BundleCode code, ImportOptions order, ImportProgress progress) {
    BundleException refusal =
        catchThrowableOfType(BundleException.class, () -> inside.run(order, progress));
    assertThat(refusal).as("a refusal with " + code).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(inside.store.snapshots().head()).isZero();
    assertThat(inside.store.snapshots().all()).isEmpty();
    return refusal;
  }

  private BundleException refused(BundleCode code) {
    return refused(code, ImportOptions.of(bundle, "ann"), ImportProgress.NONE);
  }

  private void imported() {
    assertThat(inside.run(bundle)).isInstanceOf(Imported.class);
    assertThat(inside.artifacts()).hasSize(12);
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
  }

  private static Path target(Path bundle, String name) {
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      return files.filter(f -> f.toString().endsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void spoil(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns a listener that performs an action once, when the import of artifacts begins.
  private static ImportProgress atParts(Runnable action) {
    var times = new AtomicInteger();
    return (stage, _, _) -> {
      if (stage == ImportProgress.Stage.PARTS && times.getAndIncrement() == 0) {
        action.run();
      }
    };
  }

  @Test
  @Attack(64)
  void whatChangesOnTheMediumAfterItWasReadIsNotRead() {
    ImportOutcome outcome =
        inside.run(
            ImportOptions.of(bundle, "ann"),
            atParts(
                () -> {
                  spoil(target(bundle, "index.ndjson.gz"));
                  spoil(target(bundle, "blobs.tsv"));
                  spoil(bundle.resolve("metadata/timestamp.json"));
                }));

    assertThat(outcome).isInstanceOf(Imported.class);
  }

  @Test
  @Attack(64)
  void whatChangesOnTheMediumBeforeItIsReadIsDamaged() {
    Path part = target(bundle, "part-0002.tar");
    assertThat(
            refused(
                BundleCode.PART_DAMAGED,
                ImportOptions.of(bundle, "ann"),
                atParts(() -> spoil(part))))
        .hasMessageContaining("'part-0002.tar'");

    spoil(part);
    imported();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Attack(65)
  void aMediumThatIsPulledOutCanBePutInAgain(boolean single) throws IOException {
    Path medium = single ? SingleFileBundle.pack(bundle) : bundle;
    Path away = folder.resolve("away");
    BundleException refusal =
        refused(
            BundleCode.MEDIUM_READ_FAILED,
            ImportOptions.of(medium, "ann"),
            atParts(
                () -> {
                  try {
                    Files.move(medium, away);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }));
    assertThat(refusal).hasMessageContaining("check the medium");

    Files.move(away, medium);
    assertThat(inside.run(medium)).isInstanceOf(Imported.class);
    assertThat(inside.artifacts()).hasSize(12);
  }

  @Test
  @Attack(68)
  void aSecondImportIsRefusedAndTheFirstIsNot() {
    List<BundleCode> seen = new ArrayList<>();
    ImportOutcome outcome =
        inside.run(
            ImportOptions.of(bundle, "ann"),
            atParts(
                () ->
                    seen.add(
                        catchThrowableOfType(BundleException.class, () -> inside.run(bundle))
                            .reason())));

    assertThat(seen).containsExactly(BundleCode.IMPORT_IN_PROGRESS);
    assertThat(outcome).isInstanceOf(Imported.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index.ndjson.gz", "decisions.dsse.ndjson.gz", "blobs.tsv"})
  @Attack(69)
  void aCopyThatIsSpoiltBehindItsCheckIsNoticed(String table) {
    atStep =
        step -> {
          if (step.equals("tables copied")) {
            spoil(staged(table));
          }
        };
    assertThat(refused(BundleCode.TABLE_HASH_MISMATCH)).hasMessageContaining("'" + table + "'");

    atStep = _ -> {};
    imported();
  }

  private Path staged(String name) {
    try (Stream<Path> files = Files.walk(inside.data.resolve("import"))) {
      return files.filter(f -> f.endsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImportOptions scannedBy(String script, Duration patience) throws IOException {
    Path program = folder.resolve("scan");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return ImportOptions.of(bundle, "ann")
        .scanned(new ImportOptions.Scan(List.of(program.toString()), patience));
  }

  /// A scanner that modifies files, or another process with write access to them.
  @Test
  @Attack(69)
  void aPartThatIsChangedBetweenScanAndUseIsDamaged() throws IOException {
    ImportOptions order =
        scannedBy(
            "[ -d \"$1\" ] || printf y | dd of=\"$1\" bs=1 seek=600 conv=notrunc 2> /dev/null",
            Duration.ofMinutes(1));
    assertThat(refused(BundleCode.PART_DAMAGED, order, ImportProgress.NONE))
        .hasMessageContaining("'part-0001.tar'");

    imported();
  }

  @Test
  @Attack(71)
  void whatAScannerDoesNotAllowIsRefused() throws IOException {
    assertThat(
            refused(
                BundleCode.SCAN_REJECTED,
                scannedBy(
                    "[ -d \"$1\" ] || { printf 'found \\033[2J eicar'; exit 1; }",
                    Duration.ofMinutes(1)),
                ImportProgress.NONE))
        .hasMessageContaining("refuses 'part-0001.tar': found ?[2J eicar");
    assertThat(inside.artifacts()).isEmpty();
    assertThat(inside.data.resolve("import")).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 2", "kill -9 $$", "exec sleep 600"})
  @Attack(71)
  void aScannerThatDoesNotEndWellIsNoConsent(String script) throws IOException {
    refused(BundleCode.SCAN_FAILED, scannedBy(script, Duration.ofMillis(500)), ImportProgress.NONE);
    assertThat(inside.artifacts()).isEmpty();

    imported();
  }

  @Test
  @Attack(71)
  void aScannerThatIsNotThereIsNoConsent() {
    var scan = new ImportOptions.Scan(List.of("/nowhere/scan"), Duration.ofMinutes(1));
    refused(
        BundleCode.SCAN_FAILED, ImportOptions.of(bundle, "ann").scanned(scan), ImportProgress.NONE);
    assertThat(inside.artifacts()).isEmpty();
  }
}
