package lazaret.bundle.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.attack.AttackTrial.Form;
import lazaret.bundle.exporting.ExportOptions;
import lazaret.bundle.exporting.SingleFileBundle;
import lazaret.bundle.format.Formats;
import lazaret.bundle.importing.HighWaterMark;
import lazaret.bundle.importing.ImportOptions;
import lazaret.bundle.importing.ImportOutcome.AlreadyImported;
import lazaret.bundle.importing.ImportOutcome.Imported;
import lazaret.bundle.importing.NetworkFixture;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The attacks with several bundles: replayed ones, two with the same sequence, and a store that is
/// older than the last import. Each is tried with folders and single files.
@Tag("ci")
class SnapshotChainAttackTest {
  @TempDir private static Path shared;
  private static Path network = Path.of("");

  @TempDir Path folder;
  private final SnapshotPair outside = SnapshotPair.honest();
  private NetworkFixture inside;
  private int media;

  /// Returns both forms, or only the one with fewer other tests.
  static List<Form> forms() {
    return Boolean.getBoolean("lazaret.all") ? List.of(Form.values()) : List.of(Form.SINGLE);
  }

  @BeforeAll
  static void prepare() throws IOException {
    SnapshotPair honest = SnapshotPair.honest();
    network = AttackedNetwork.with(honest.export(SnapshotKind.FULL, 1, shared), shared);
  }

  @BeforeEach
  void open() throws IOException {
    inside = AttackedNetwork.copy(network, folder);
  }

  @AfterEach
  void close() {
    inside.close();
  }

  private Path bundle(Form form, ExportOptions order) throws IOException {
    Path medium = Files.createDirectory(folder.resolve("medium" + media++));
    Path bundle = outside.export(order, medium);
    return form == Form.FOLDER ? bundle : SingleFileBundle.pack(bundle);
  }

  private Path bundle(Form form, SnapshotKind kind, long sequence, long... bases)
      throws IOException {
    return bundle(form, outside.order(kind, sequence, bases));
  }

  private void imported(Path bundle) {
    assertThat(inside.run(bundle)).isInstanceOf(Imported.class);
  }

  private void refused(BundleCode code, String says, Path bundle) {
    refused(code, says, ImportOptions.of(bundle, "ann"));
  }

  private void refused(BundleCode code, String says, ImportOptions order) {
    DiskImage before = DiskImage.of(inside);
    BundleException refusal = catchThrowableOfType(BundleException.class, () -> inside.run(order));
    assertThat(refusal).as("a refusal with " + code).isNotNull();
    assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(code);
    assertThat(refusal).hasMessageContaining(says);
    assertThat(DiskImage.of(inside)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(32)
  void theSameBundleAgainDoesNothing(Form form) throws IOException {
    Path delta = bundle(form, SnapshotKind.DELTA, 2, 1);
    imported(delta);
    DiskImage before = DiskImage.of(inside);

    assertThat(inside.run(delta)).isInstanceOf(AlreadyImported.class);
    assertThat(
            inside.run(
                bundle(form, SnapshotPair.versioned(outside.order(SnapshotKind.FULL, 2), 3))))
        .isInstanceOf(AlreadyImported.class);
    assertThat(DiskImage.of(inside)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(33)
  void anOldBundleBehindANewerOneIsAReplay(Form form) throws IOException {
    Path old = bundle(form, SnapshotKind.FULL, 1);
    imported(bundle(form, SnapshotKind.DELTA, 2, 1));

    refused(BundleCode.BUNDLE_REPLAYED, "snapshot e1/2", old);
    // The same state, exported again with newer metadata.
    ExportOptions again = SnapshotPair.versioned(outside.order(SnapshotKind.FULL, 1), 3);
    refused(BundleCode.BUNDLE_REPLAYED, "roll back", bundle(form, again));
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(34)
  void aGapSaysWhatToBring(Form form) throws IOException {
    outside.put(5, outside.crate("alpha", "1.0.0"));
    outside.put(6, outside.crate("alpha", "1.0.0", "1.0.2"));

    refused(
        BundleCode.BUNDLE_SEQUENCE_GAP,
        "ask for a delta since 1, or for any full bundle",
        bundle(form, SnapshotKind.DELTA, 6, 5));
    imported(bundle(form, SnapshotKind.DELTA, 6, 1));
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(35)
  void aDeltaOnAStateThatWasNeverHereIsRefused(Form form) throws IOException {
    SnapshotPair other = SnapshotPair.honest();
    other.change(1, other.crate("alpha", "1.0.0", "0.9.0"));
    Path medium = Files.createDirectory(folder.resolve("other"));
    Path delta = other.export(SnapshotKind.DELTA, 2, medium, 1);

    refused(
        BundleCode.BUNDLE_BASE_MISMATCH,
        outside.state(1).stateRoot().hex().substring(0, 16),
        form == Form.FOLDER ? delta : SingleFileBundle.pack(delta));
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(36)
  void twoBundlesOfOneSequenceAreAnAlarm(Form form) throws IOException {
    imported(bundle(form, SnapshotKind.DELTA, 2, 1));
    outside.change(2, outside.crate("evil", "1.0.0"));
    for (ExportOptions order :
        List.of(
            SnapshotPair.versioned(outside.order(SnapshotKind.DELTA, 2, 1), 3),
            SnapshotPair.versioned(outside.order(SnapshotKind.FULL, 2), 4))) {
      Path bundle = bundle(form, order);
      DiskImage before = DiskImage.of(inside);
      BundleException refusal =
          catchThrowableOfType(BundleException.class, () -> inside.run(bundle));

      assertThat(refusal.reason()).isEqualTo(BundleCode.BUNDLE_FORK);
      assertThat(refusal).hasMessageContaining("compare both");
      DiskImage after = DiskImage.of(inside);
      assertThat(after.ledger().orElseThrow().event())
          .isInstanceOfSatisfying(
              Notice.class, n -> assertThat(n.kind()).isEqualTo(Notice.Kind.BUNDLE_FORK));
      assertThat(after.withLedger(before.ledger())).isEqualTo(before);
    }
  }

  /// The newest decision on a version counts, regardless of the order of arrival.
  @ParameterizedTest
  @MethodSource("forms")
  @Attack(41)
  void aRevocationDoesNotOutliveALaterApproval(Form form) throws IOException {
    SnapshotCrate denied =
        new SnapshotCrate(
            CrateName.parse("under_score"),
            List.of(outside.line("under_score", "1.0.0").at(8, false)));
    SnapshotCrate approved =
        new SnapshotCrate(
            CrateName.parse("under_score"),
            List.of(outside.line("under_score", "1.0.0").at(9, true)));
    outside.change(2, denied);
    outside.put(3, outside.crates(2).toArray(SnapshotCrate[]::new));
    outside.change(3, approved);
    Path revocation = bundle(form, SnapshotKind.REVOCATION, 2, 1);
    imported(revocation);
    assertThat(inside.index("under_score")).contains("\"yanked\":true");

    imported(bundle(form, SnapshotKind.DELTA, 3, 1));
    assertThat(inside.index("under_score")).contains("\"yanked\":false");
    DiskImage before = DiskImage.of(inside);
    assertThat(inside.run(revocation)).isInstanceOf(AlreadyImported.class);
    assertThat(DiskImage.of(inside)).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(41)
  void aRevocationThatWasHeldBackIsNotTakenBehindALaterSnapshot(Form form) throws IOException {
    Path held = bundle(form, SnapshotKind.REVOCATION, 2, 1);
    outside.put(3, outside.crates(1).toArray(SnapshotCrate[]::new));
    imported(bundle(form, SnapshotKind.FULL, 3));

    refused(BundleCode.BUNDLE_REPLAYED, "snapshot", held);
    assertThat(inside.index("beta")).doesNotContain("\"yanked\":true");
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(42)
  void aStoreFromABackupTakesNoOldBundle(Form form) throws IOException {
    Path old = bundle(form, SnapshotKind.DELTA, 2, 1);
    imported(old);
    inside.close();
    Path mark = HighWaterMark.beside(inside.data());
    String before = Files.readString(mark);
    // The earlier store with the current mark.
    Path restored = Files.createDirectory(folder.resolve("restored"));
    AttackedNetwork.copy(network, restored).close();
    Files.copy(
        mark, HighWaterMark.beside(restored.resolve("data")), StandardCopyOption.REPLACE_EXISTING);
    inside = NetworkFixture.open(restored.resolve("data"));

    refused(BundleCode.HIGHWATER_BEHIND, "at snapshot 1, its high-water mark at 2", old);
    assertThat(HighWaterMark.beside(inside.data())).hasContent(before);
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(44)
  void anApprovalIsOfOneBundle(Form form) throws IOException {
    ImportOptions order = ImportOptions.of(bundle(form, SnapshotKind.DELTA, 2, 1), "ann");
    Sha256 other = Sha256.of(Bytes.utf8("other"));

    refused(BundleCode.APPROVAL_MISMATCH, other + " was approved", order.approved(other));
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(49)
  void otherBytesThatAreAnnouncedAreTaken(Form form) throws IOException {
    var file = lazaret.testkit.CrateBuilder.crate("alpha", "1.0.0").file("x", "y");
    outside.change(
        2, new SnapshotCrate(CrateName.parse("alpha"), List.of(outside.line(file).build())));
    // A version that is new to the network is not announced: a full bundle is compared with an
    // empty snapshot.
    refused(BundleCode.CKSUM_CHANGED, "alpha 1.0.0", bundle(form, SnapshotKind.FULL, 2));

    imported(bundle(form, SnapshotKind.DELTA, 2, 1));
    assertThat(inside.index("alpha")).contains(Sha256.of(file.build()).hex());
  }

  @ParameterizedTest
  @MethodSource("forms")
  @Attack(55)
  void aFeedDoesNotGoBack(Form form) throws IOException {
    outside.feed(SnapshotPair.feed(Formats.NOW.minusSeconds(1)));

    refused(BundleCode.FEED_ROLLBACK, "'osv'", bundle(form, SnapshotKind.DELTA, 2, 1));
    refused(BundleCode.FEED_ROLLBACK, "'osv'", bundle(form, SnapshotKind.FULL, 2));
  }
}
