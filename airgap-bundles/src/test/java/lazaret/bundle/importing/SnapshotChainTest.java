package lazaret.bundle.importing;

import static lazaret.bundle.format.Formats.assertRefused;
import static lazaret.bundle.format.Formats.crate;
import static lazaret.bundle.format.Formats.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.bundle.BundleCode;
import lazaret.bundle.exporting.TestExports;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.importing.ImportOutcome.AlreadyImported;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.bundle.importing.ImportOutcome.Pending;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotChainTest {
  private static final List<String> ALL = List.of("*");

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

  /// Makes the next snapshot. Snapshot N has alpha up to 1.0.N and one crate that no other snapshot
  /// has.
  private long next() {
    long n = outside.newest() + 1;
    String[] versions = new String[(int) n];
    for (int i = 0; i < n; i++) {
      versions[i] = "1.0." + i;
    }
    return outside.snapshot(crate("alpha", versions), crate("only-" + n, "0.1.0"));
  }

  private Path next(SnapshotKind kind, long... bases) throws IOException {
    next();
    return outside.bundle(kind, bases);
  }

  private Imported imported(Path bundle) {
    return (Imported) inside.run(bundle);
  }

  private void assertServed(long sequence) {
    assertThat(inside.store.snapshots().head()).isEqualTo(sequence);
    assertThat(inside.crates()).isEqualTo(outside.crates(sequence));
    assertThat(inside.root()).isEqualTo(outside.info(sequence).stateRoot());
  }

  private void assertRefusedWhole(BundleCode code, String message, Path bundle) {
    long head = inside.store.snapshots().head();
    List<Sha256> artifacts = inside.artifacts();
    var rows = inside.rows();
    assertRefused(code, message, () -> inside.run(bundle));
    assertThat(inside.store.snapshots().head()).isEqualTo(head);
    assertThat(inside.rows()).isEqualTo(rows);
    assertThat(inside.artifacts()).isEqualTo(artifacts);
  }

  @Test
  void deltasFollowEachOther() throws IOException {
    imported(next(SnapshotKind.FULL));
    imported(next(SnapshotKind.DELTA, 1));
    imported(next(SnapshotKind.DELTA, 1, 2));
    assertServed(3);
  }

  @Test
  void aLostDeltaWithinTheWindowCostsNothing() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    next();
    imported(next(SnapshotKind.DELTA, 1, 2, 3));
    assertServed(4);
  }

  @Test
  void anOlderBundleIsAReplayAndTheSameOneIsNot() throws IOException {
    Path first = next(SnapshotKind.FULL);
    imported(first);
    Path second = next(SnapshotKind.DELTA, 1);
    Imported done = imported(second);

    assertThat(inside.run(second)).isEqualTo(new AlreadyImported(done.snapshot()));
    assertRefusedWhole(
        BundleCode.BUNDLE_REPLAYED, "full prod e1/1: snapshot e1/2 (state root", first);
    // The whole state again, with newer metadata, is accepted too.
    assertThat(inside.run(outside.bundle(SnapshotKind.FULL)))
        .isEqualTo(new AlreadyImported(done.snapshot()));
    assertServed(2);
  }

  @Test
  void aGapSaysWhatToBring() throws IOException {
    assertRefusedWhole(
        BundleCode.BUNDLE_SEQUENCE_GAP,
        "no snapshot is stored yet; ask for a full bundle",
        delta(next(), next()));
    imported(outside.bundle(SnapshotKind.FULL));
    next();
    assertRefusedWhole(
        BundleCode.BUNDLE_SEQUENCE_GAP,
        "ask for a delta since 2, or for any full bundle",
        next(SnapshotKind.DELTA, 3));
    imported(outside.bundle(SnapshotKind.FULL));
    assertServed(4);
  }

  private Path delta(long base, long sequence) throws IOException {
    return outside.bundle(
        outside.order(
            outside.info(sequence), SnapshotKind.DELTA, List.of(state(base)), List.of("*")));
  }

  private BundleStatement.State state(long sequence) {
    return new BundleStatement.State(sequence, outside.info(sequence).stateRoot());
  }

  private static long partBytes(Path bundle) throws IOException {
    try (Stream<Path> files = Files.list(bundle.resolve("targets"))) {
      return files
          .map(Path::toFile)
          .filter(file -> file.getName().contains(".part-"))
          .mapToLong(File::length)
          .sum();
    }
  }

  @Test
  void whatCameEarlyWaitsForItsTurn() throws IOException {
    imported(next(SnapshotKind.FULL));
    Path second = next(SnapshotKind.DELTA, 1);
    Path third = next(SnapshotKind.DELTA, 2);
    Path fourth = next(SnapshotKind.DELTA, 3);

    List<Long> totals = new ArrayList<>();
    var waiting =
        (Pending)
            inside.run(
                ImportOptions.of(fourth, "ann").mayWait(),
                (_, done, total) -> {
                  assertThat(done).isLessThanOrEqualTo(total);
                  totals.add(total);
                });
    assertThat(totals).isNotEmpty().containsOnly(partBytes(fourth));
    assertThat(waiting.sequence()).isEqualTo(4);
    assertThat(waiting.needed()).isEqualTo(3);
    assertThat(waiting.ask()).contains("ask for a delta since 1");
    inside.run(ImportOptions.of(third, "ann").mayWait());
    assertServed(1);
    // The bundles are copies, so the medium can be removed.
    Files.move(fourth, folder.resolve("gone"));

    Imported done = imported(second);
    assertThat(done.snapshot().sequence()).isEqualTo(2);
    assertThat(done.then().orElseThrow().snapshot().sequence()).isEqualTo(4);
    assertServed(4);
    assertThat(inside.data.resolve("import/waiting")).isEmptyDirectory();
  }

  @Test
  void twoBundlesOfOneSequenceAreAnAlarm() throws IOException {
    Path good = next(SnapshotKind.FULL);
    imported(good);
    var other = new ConnectedFixture(Files.createDirectory(folder.resolve("other")));
    other.snapshot(crate("evil", "1.0.0"));
    other.order(SnapshotKind.FULL);
    Path bad = other.bundle(SnapshotKind.FULL);

    assertRefusedWhole(BundleCode.BUNDLE_FORK, "compare both with them", bad);
    assertThat(inside.desk.events(0, 100))
        .anyMatch(e -> e.event() instanceof Notice n && n.kind() == Notice.Kind.BUNDLE_FORK);
  }

  @Test
  void aDeltaOnAnotherStateIsRefused() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    Sha256 wrong = Sha256.of(Bytes.utf8("another state"));
    Path bundle =
        outside.bundle(
            outside.order(
                outside.info(2),
                SnapshotKind.DELTA,
                List.of(new BundleStatement.State(1, wrong)),
                List.of("*")));

    assertRefusedWhole(BundleCode.BUNDLE_BASE_MISMATCH, "ask for a full bundle", bundle);
  }

  @Test
  void aStateThatDoesNotComeOutIsRefused() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    SnapshotInfo info = outside.info(2);
    var lie =
        new SnapshotInfo(
            1,
            2,
            SnapshotKind.FULL,
            Sha256.of(Bytes.utf8("another state")),
            info.bundle(),
            info.issued(),
            info.at(),
            info.crates(),
            info.versions(),
            info.bytes());

    assertRefusedWhole(
        BundleCode.BUNDLE_STATE_MISMATCH,
        "with it the state would be " + info.stateRoot(),
        outside.bundle(outside.order(lie, SnapshotKind.DELTA, List.of(state(1)), List.of("*"))));
  }

  @Test
  void aBundleIsForSomebody() throws IOException {
    next();
    Path bundle =
        outside.bundle(
            outside.order(outside.info(1), SnapshotKind.FULL, List.of(), List.of("plant-7")));

    assertRefusedWhole(
        BundleCode.BUNDLE_WRONG_STREAM,
        "its audience [plant-7] does not include this network ([])",
        bundle);
    assertThat(inside.run(ImportOptions.of(bundle, "ann").in(Set.of("plant-7", "plant-8"))))
        .isInstanceOf(Imported.class);
  }

  @Test
  void anApprovalIsOfOneBundle() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    Sha256 other = Sha256.of(Bytes.utf8("another one"));
    assertRefused(
        BundleCode.APPROVAL_MISMATCH,
        other + " was approved",
        () -> inside.run(ImportOptions.of(bundle, "ann").approved(other)));
    var planned = (ImportOutcome.Planned) inside.run(ImportOptions.of(bundle, "ann").dry());

    assertThat(inside.run(ImportOptions.of(bundle, "ann").approved(planned.plan().bundle())))
        .isInstanceOf(Imported.class);
  }

  @Test
  void bundlesFollowTheNewestSnapshotWhateverIsServed() throws IOException {
    imported(next(SnapshotKind.FULL));
    imported(next(SnapshotKind.DELTA, 1));
    inside.desk.snapshots().rollback(1, "ann", "the new one breaks a build");
    assertServed(1);

    imported(next(SnapshotKind.DELTA, 2));
    assertServed(3);
  }

  @Test
  void aStoreThatMakesSnapshotsTakesNone() throws IOException {
    Path bundle = next(SnapshotKind.FULL);
    inside.store.commit(Batch.synced(List.of(new Batch.Write.PutSnapshot(outside.info(1)))));
    assertThatThrownBy(() -> inside.run(bundle))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("this store makes snapshots itself");
  }

  @Test
  void aRevocationIsBlockedByNoGap() throws IOException {
    Path first = next(SnapshotKind.FULL);
    imported(first);
    next();
    next();
    outside.snapshot(
        new SnapshotCrate(CrateName.parse("alpha"), List.of(line("alpha", "1.0.0", false))));
    Path denial = outside.bundle(SnapshotKind.REVOCATION, 1);

    Imported done = imported(denial);
    assertThat(done.plan().changes().revoked().first()).containsExactly("alpha 1.0.0");
    assertThat(inside.store.snapshots().head()).isEqualTo(1);
    assertThat(inside.index("alpha")).contains("\"yanked\":true");
    assertThat(inside.index("only-1")).contains("\"yanked\":false");
    assertThat(inside.run(denial)).isInstanceOf(AlreadyImported.class);
  }

  @Test
  void aRevocationNeedsASnapshotAndOnlyDenies() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    outside.snapshot(
        new SnapshotCrate(CrateName.parse("alpha"), List.of(line("alpha", "1.0.0", false))));
    assertRefusedWhole(
        BundleCode.BUNDLE_SEQUENCE_GAP,
        "it needs snapshot 2 at least",
        outside.bundle(SnapshotKind.REVOCATION, 2));
  }

  @Test
  void aRevocationThatComesLateIsStillTaken() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    outside.snapshot(
        new SnapshotCrate(CrateName.parse("only-2"), List.of(line("only-2", "0.1.0", false))));
    Path denial = outside.bundle(SnapshotKind.REVOCATION, 1);
    // Snapshot 2, exported again after the denial.
    Path second =
        outside.bundle(
            outside.order(outside.info(2), SnapshotKind.DELTA, List.of(state(1)), List.of("*")));
    imported(second);
    assertThat(inside.index("only-2")).contains("\"yanked\":false");

    imported(denial);
    assertThat(inside.index("only-2")).contains("\"yanked\":true");
    // Later bundles are still compared with the newest metadata.
    assertThat(inside.run(second)).isInstanceOf(AlreadyImported.class);
    assertThat(TestExports.root(inside.crates())).isEqualTo(outside.info(2).stateRoot());
  }

  /// A revocation stores no snapshot, so the refusal must name it.
  @Test
  void whatWasMadeBeforeARevocationThatIsHeldSaysSo() throws IOException {
    imported(next(SnapshotKind.FULL));
    Path second = next(SnapshotKind.DELTA, 1);
    Path third = next(SnapshotKind.DELTA, 2);
    Imported denial = imported(denial());
    String why =
        "was made before revocation e1/4, which was imported at %s; ask outside for one made after that: a delta since 1, or any full bundle"
            .formatted(denial.snapshot().at());

    assertRefusedWhole(
        BundleCode.METADATA_ROLLBACK, "cannot import delta prod e1/2: it " + why, second);
    assertRefused(
        BundleCode.METADATA_ROLLBACK,
        "cannot import delta prod e1/3: it " + why,
        () -> inside.run(ImportOptions.of(third, "ann").mayWait()));
    assertThat(inside.data.resolve("import/waiting")).doesNotExist();

    imported(outside.bundle(outside.order(outside.info(4), SnapshotKind.FULL, List.of(), ALL)));
    assertServed(4);
  }

  private Path denial() throws IOException {
    outside.snapshot(
        new SnapshotCrate(CrateName.parse("alpha"), List.of(line("alpha", "1.0.0", false))));
    return outside.bundle(SnapshotKind.REVOCATION, 1);
  }

  @Test
  void aRevocationFromBeforeItsNumberWasNotedIsNamedByItsDigest() throws IOException {
    imported(next(SnapshotKind.FULL));
    Path second = next(SnapshotKind.DELTA, 1);
    Imported denial = imported(denial());
    String noted = "%s %s\n".formatted(denial.snapshot().bundle(), denial.snapshot().at());
    inside.store.commit(
        Batch.synced(
            List.of(new Batch.Write.PutMeta(MetaKey.BUNDLE_REVOCATIONS, Bytes.utf8(noted)))));

    assertRefusedWhole(
        BundleCode.METADATA_ROLLBACK,
        "before the revocation with the sha256 " + denial.snapshot().bundle(),
        second);
  }

  /// The chain accepts the bundle: its sequences do not increase with the versions of its metadata.
  @Test
  void whatIsOlderThanTheNewestSnapshotNamesThat() throws IOException {
    imported(next(SnapshotKind.FULL));
    next();
    next();
    Path third = outside.bundle(SnapshotKind.DELTA, 1, 2);
    Imported second =
        imported(
            outside.bundle(
                outside.order(outside.info(2), SnapshotKind.DELTA, List.of(state(1)), ALL)));

    assertRefusedWhole(
        BundleCode.METADATA_ROLLBACK,
        "before snapshot e1/2, which was imported at " + second.snapshot().at(),
        third);
  }
}
