package lazaret.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.site.BundledCollection;
import lazaret.site.SitePins;
import lazaret.site.store.FolderSiteFileStore;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.MetaKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Results and revocations in bundles, between a gate that signs and one that trusts its key.
class ResultCollectionTest {
  private static final long SNAPSHOT = 7;

  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private final ResultFixture origin = new ResultFixture(ResultFixture.key(1));
  private final ResultFixture inside = new ResultFixture(null);
  private final ResultCollection outgoing = new ResultCollection(origin.gate.store, origin.results);
  private final ResultCollection incoming = new ResultCollection(inside.gate.store, inside.results);

  @AfterEach
  void close() {
    inside.close();
    origin.close();
  }

  /// Has a version inspected at the gate that signs, and published for both.
  private CrateId inspected(String name) {
    CrateId id = origin.publish(name);
    origin.admit(id);
    CrateId same = inside.publish(name);
    assertThat(same).isEqualTo(id);
    return id;
  }

  private List<DeskRow> exported(CrateId... served) {
    origin.searched();
    origin.gate.snapshot(SNAPSHOT, served);
    return outgoing.rows(List.of(), SNAPSHOT);
  }

  private BundledCollection.Received brought(List<DeskRow> rows) throws IOException {
    return brought(rows, SitePins.NONE);
  }

  private BundledCollection.Received brought(List<DeskRow> rows, SitePins pins) throws IOException {
    return new BundledCollection.Received(
        List.of(), rows, FolderSiteFileStore.open(folder), pins, "prod");
  }

  /// Returns the pins of a root that names a key alone.
  private static SitePins pins(SigningKey signer) {
    TufKey key = signer.publicKey();
    return new SitePins(
        Set.of(),
        List.of(),
        List.of(
            new SitePins.ResultPin(
                key.type(),
                key.scheme(),
                key.material(),
                ResultFixture.START.plus(Duration.ofDays(9)))));
  }

  private ResultEnvelope envelope(DeskRow row) {
    return ResultEnvelope.read(row.value(), List.of(origin.key.publicKey()));
  }

  @Test
  void carriesTheResultsOfItsSnapshotAlone() throws IOException {
    CrateId alpha = inspected("alpha");
    CrateId secret = inspected("acme-core");
    CrateId other = inspected("alpha-extra");

    List<DeskRow> rows = exported(alpha);

    assertThat(rows).hasSize(1);
    assertThat(((ResultEnvelope.Results) envelope(rows.getFirst())).batch().results())
        .extracting(InspectionResult::id)
        .containsExactly(alpha);
    assertThat(incoming.received(brought(rows))).isEmpty();
    inside.admit(alpha);
    inside.admit(secret);
    inside.admit(other);
    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 1));
  }

  @Test
  void dryRunChecksTheLinesAndKeepsNone() throws IOException {
    List<DeskRow> rows = exported(inspected("alpha"));

    incoming.check(brought(rows));

    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    List<DeskRow> foreign =
        List.of(
            new DeskRow(
                DeskTable.RESULTS,
                rows.getFirst().key(),
                ResultEnvelope.sign(ResultFixture.batch(), ResultFixture.key(2))));
    assertThatThrownBy(() -> incoming.check(brought(foreign)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected a signature of a trusted key");
  }

  /// The root of a bundle may name keys that this gate does not have before the import.
  @Test
  void keysOfTheRootOfTheBundleCount() throws IOException {
    CrateId alpha = inspected("alpha");
    SigningKey next = ResultFixture.key(2);
    origin.searched();
    origin.gate.snapshot(SNAPSHOT, alpha);
    List<DeskRow> rows =
        new ResultCollection(origin.gate.store, origin.opened(next)).rows(List.of(), SNAPSHOT);

    assertThatThrownBy(() -> incoming.check(brought(rows)))
        .hasMessageContaining("expected a signature of a trusted key");
    incoming.check(brought(rows, pins(next)));
    inside.gate.clock.advance(Duration.ofDays(10));

    assertThatThrownBy(() -> incoming.check(brought(rows, pins(next))))
        .hasMessageContaining("expected a signature of a trusted key");
  }

  @Test
  void revocationOfAnArchiveTravels() throws IOException, InterruptedException {
    CrateId alpha = inspected("alpha");
    var _ = incoming.received(brought(exported(alpha)));
    inside.admit(alpha);
    assertThat(inside.results.count().used()).isOne();

    origin.results.revoke(List.of(), List.of(alpha.cksum()), "ann", "the inspector was wrong");
    List<DeskRow> rows = outgoing.rows(List.of(), SNAPSHOT);
    var _ = incoming.received(brought(rows));
    inside.results.inspectRevoked();

    assertThat(rows).hasSize(1);
    assertThat(((ResultEnvelope.Revoked) envelope(rows.getFirst())).revocation().reason())
        .isEqualTo("the inspector was wrong");
    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(inside.stored(alpha)).isEqualTo(inside.honest(alpha));
  }

  @Test
  void revocationThatCameFromAnotherGateTravelsOn() throws IOException {
    CrateId alpha = inspected("alpha");
    ResultRevocation other =
        new ResultRevocation(
            ResultRevocation.FORMAT,
            ResultFixture.START,
            0,
            List.of(),
            List.of(alpha.cksum()),
            "said by another gate");
    var _ =
        origin.results.take("other", List.of(ResultEnvelope.sign(other, origin.key)), List.of());

    var _ = incoming.received(brought(exported(alpha)));

    inside.take(ResultFixture.batch(inside.result(alpha)));
    inside.admit(alpha);
    assertThat(inside.results.count().used()).isZero();
  }

  @Test
  void revocationOfTheKeyThatSignsItEndsItsTrust() throws IOException {
    CrateId alpha = inspected("alpha");
    origin.results.revoke(
        List.of(ResultKey.id(origin.key.publicKey())), List.of(), "ann", "the key was stolen");

    List<DeskRow> rows = exported(alpha);
    var _ = incoming.received(brought(rows));

    assertThat(rows).hasSize(2);
    inside.admit(alpha);
    assertThat(inside.results.count().used()).isZero();
    assertThatThrownBy(() -> incoming.received(brought(rows)))
        .hasMessageContaining("expected a signature of a trusted key");
  }

  private List<DeskRow> revocations(SitePins pins) {
    return outgoing.revocations(pins, warnings::add);
  }

  /// The bundle of any kind has no results, and ends the use of those of earlier bundles.
  @Test
  void revocationsTravelWithoutResults() throws IOException, InterruptedException {
    CrateId alpha = inspected("alpha");
    var _ = incoming.received(brought(exported(alpha)));
    inside.admit(alpha);
    origin.results.revoke(List.of(), List.of(alpha.cksum()), "ann", "the inspector was wrong");

    List<DeskRow> rows = revocations(pins(origin.key));
    incoming.revoked(brought(rows, pins(origin.key)));
    inside.results.inspectRevoked();

    assertThat(rows).extracting(DeskRow::key).containsExactly("revoked/00000000");
    assertThat(warnings).isEmpty();
    assertThat(inside.results.count()).isEqualTo(new ResultService.Counts(0, 0));
    assertThat(inside.stored(alpha)).isEqualTo(inside.honest(alpha));
  }

  @Test
  void revocationsNeedAKeyThatTheRootNames() {
    assertThat(revocations(pins(origin.key))).isEmpty();
    origin.results.revoke(List.of(), List.of(ResultFixture.digest("a")), "ann", "wrong");

    // A network whose root names no key of results has none from bundles.
    assertThat(revocations(SitePins.NONE)).isEmpty();
    assertThat(warnings).isEmpty();
    assertThat(revocations(pins(ResultFixture.key(2)))).isEmpty();
    assertThat(warnings).singleElement().asString().contains("'keys rotate --site'");
    origin.gate.clock.advance(Duration.ofDays(10));
    assertThat(revocations(pins(origin.key))).isEmpty();
  }

  /// A bundle stays usable for a network that does not trust the key.
  @Test
  void revocationsOfAnotherKeyAreLeftOut() throws IOException {
    CrateId alpha = inspected("alpha");
    ResultRevocation revocation =
        new ResultRevocation(
            ResultRevocation.FORMAT,
            ResultFixture.START,
            0,
            List.of(),
            List.of(alpha.cksum()),
            "said by a stranger");
    Bytes line = ResultEnvelope.sign(revocation, ResultFixture.key(2));

    incoming.revoked(brought(List.of(new DeskRow(DeskTable.RESULTS, "revoked/00000000", line))));

    inside.take(ResultFixture.batch(inside.result(alpha)));
    inside.admit(alpha);
    assertThat(inside.results.count().used()).isOne();
  }

  @Test
  void revocationsOfABundleAreTheLatestOnes() {
    ResultRows stored = new ResultRows(origin.gate.store);
    int all = ResultRevocationExport.MAX_LINES + 5;
    List<Batch.Write> writes = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      writes.add(
          stored.putRevokedArchive(
              ResultFixture.digest("archive " + i),
              ResultRows.Revocation.here(
                  ResultFixture.START.plusSeconds(i), "ann", "reason " + i)));
    }
    writes.add(
        stored.putRevokedKey(
            ResultFixture.digest("a key"),
            ResultRows.Revocation.here(ResultFixture.START, "ann", "stolen")));
    origin.gate.store.commit(Batch.relaxed(writes));

    List<DeskRow> rows = revocations(pins(origin.key));

    assertThat(rows).hasSize(ResultRevocationExport.MAX_LINES);
    assertThat(reason(rows.getFirst())).isEqualTo("stolen");
    assertThat(reason(rows.get(1))).isEqualTo("reason " + (all - 1));
    assertThat(warnings).singleElement().asString().startsWith("6 older revocations");
    assertThat(origin.results.revocations()).hasSize(all + 1);
  }

  private String reason(DeskRow row) {
    return ((ResultEnvelope.Revoked) envelope(row)).revocation().reason();
  }

  @Test
  void rowsOfTheStoreItselfAreRefused() {
    List<DeskRow> rows = exported(inspected("alpha"));
    DeskRow moved =
        new DeskRow(DeskTable.RESULTS, "used/" + "0".repeat(64), rows.getFirst().value());

    assertThatThrownBy(() -> incoming.received(brought(List.of(moved))))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("a row has another key");
  }

  @Test
  void searchForNewIndicatorsIsAWarning() {
    CrateId alpha = inspected("alpha");
    origin.gate.snapshot(SNAPSHOT, alpha);
    origin.gate.store.commit(
        Batch.relaxed(List.of(new Batch.Write.PutMeta(MetaKey.RESCAN_DONE, Bytes.utf8("")))));

    assertThat(outgoing.rows(List.of(), SNAPSHOT, warnings::add)).isEmpty();

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith("the bundle has no inspection results, because this gate searches")
        .contains("export again with --with results");
    origin.searched();
    assertThat(outgoing.rows(List.of(), SNAPSHOT, warnings::add)).hasSize(1);
    assertThat(warnings).hasSize(1);
  }

  @Test
  void gateWithoutAKeyExportsNone() {
    assertThatThrownBy(() -> incoming.rows(List.of(), SNAPSHOT))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("results.sign-key");
  }
}
