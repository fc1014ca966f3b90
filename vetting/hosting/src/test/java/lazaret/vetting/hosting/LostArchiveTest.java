package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.BOB;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.PublishResult.Refused;
import lazaret.vetting.hosting.owners.OwnerOrder;
import lazaret.vetting.hosting.owners.OwnerResult;
import lazaret.vetting.hosting.record.HostedName;
import lazaret.vetting.hosting.record.Publication;
import lazaret.vetting.hosting.record.PublicationRows;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.roles.DeskRole;
import lazaret.vetting.roles.RoleGrants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A private version whose stored bytes or row are gone, by damage or by an incomplete backup. No
/// upstream has them.
class LostArchiveTest {
  private final HostingFixture fixture = new HostingFixture();
  private final CrateId id = archive().id();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static CrateBuilder archive() {
    return crate("acme-core", "1.0.0");
  }

  private void publishAndLose() {
    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);
    fixture.clock.advance(Duration.ofDays(1));
    var _ = fixture.store.commit(Batch.synced(List.of(new Batch.Write.DropArtifact(id.cksum()))));
    fixture.tested.gate.artifactCache().forget(id.cksum());
    assertThat(fixture.download(id)).isNotInstanceOf(DownloadOutcome.Served.class);
  }

  /// Upstream has no bytes of a private crate.
  @Test
  void theAlarmAboutDamageNamesTheWaysBack() {
    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);
    byte[] stored = fixture.store.artifact(id.cksum()).orElseThrow().array();
    stored[5] ^= 1;

    assertThat(fixture.tested.gate.artifactCache().scrub(id.cksum())).isFalse();

    assertThat(fixture.tested.desk.events(0, 1_000))
        .extracting(LedgerEntry::event)
        .filteredOn(Notice.class::isInstance)
        .extracting(Notice.class::cast)
        .filteredOn(notice -> notice.kind() == Notice.Kind.CORRUPT_ARTIFACT)
        .singleElement()
        .satisfies(
            notice -> {
              assertThat(notice.name()).isEqualTo(id.name());
              assertThat(notice.detail())
                  .contains("restore it from a backup", "upload the same bytes again");
            });
    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void anEqualUploadByAnOwnerTakesItsPlace() {
    publishAndLose();
    String index = fixture.index("acme-core");

    assertThat(fixture.publish(BOB, archive())).isInstanceOf(Refused.class);
    assertThat(fixture.publish(ADA, archive().file("other.rs", ""))).isInstanceOf(Refused.class);
    assertThat(fixture.store.hasArtifact(id.cksum())).isFalse();

    assertThat(fixture.publish(ADA, archive()))
        .isInstanceOfSatisfying(
            Accepted.class, accepted -> assertThat(accepted.warnings()).hasSize(1));
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.index("acme-core")).isEqualTo(index);
    assertThat(fixture.hosted.rows().versions(id.name())).hasSize(1);
    assertThat(fixture.publish(ADA, archive())).as("it exists again").isInstanceOf(Refused.class);
  }

  @Test
  void aDeletedVersionDoesNotComeBack() {
    publishAndLose();
    assertThat(fixture.hosted.changes().delete(ADA, id.name(), id.version(), "a mistake"))
        .isPresent();

    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Refused.class);

    assertThat(fixture.store.hasArtifact(id.cksum())).isFalse();
  }

  /// A repair of the store restores the name and the numbers of its versions from the ledger.
  @Test
  void aCrateWhoseRowsAreAllLostIsPublishedAgain() {
    fixture.store.commit(
        Batch.synced(
            List.of(
                PublicationRows.put(
                    new HostedName(id.name(), HostingFixture.START, "ada", HostedName.HERE)),
                number("1.0.0", ",\"cksum\":\"" + id.cksum().hex() + "\""),
                number("1.1.0", ""))));
    fixture.origins.reload();
    fixture.tokens.create("ada", RoleGrants.of(DeskRole.READER), null, "test");

    assertRefused(fixture.publish(ADA, archive()), "has no owners here");
    assertThat(fixture.owners.change(new OwnerOrder(id.name(), true, List.of("ada")), "local:root"))
        .isInstanceOf(OwnerResult.Changed.class);
    assertRefused(fixture.publish(ADA, archive().file("other.rs", "")), "another sha256");
    assertRefused(fixture.publish(ADA, crate("acme-core", "1.1.0")), "was deleted");

    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);
    assertThat(fixture.publish(ADA, crate("acme-core", "1.2.0"))).isInstanceOf(Accepted.class);
    assertThat(fixture.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  private static Batch.Write number(String version, String cksum) {
    return new Batch.Write.PutDeskRow(
        new DeskRow(
            DeskTable.PUBLICATIONS,
            "~acme_core/" + version,
            Bytes.utf8("{\"format\":1" + cksum + "}")));
  }

  private static void assertRefused(PublishResult result, String why) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.detail()).contains(why));
  }

  @Test
  void aNumberWhoseRowIsLostIsNotUsedForOtherBytes() {
    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);
    String key = Publication.key(id.name(), id.version());
    var _ =
        fixture.store.commit(
            Batch.synced(List.of(new Batch.Write.DropDeskRow(DeskTable.PUBLICATIONS, key))));

    assertThat(fixture.publish(ADA, archive().file("other.rs", "")))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.detail()).contains("another sha256"));
    assertThat(fixture.publish(ADA, archive())).isInstanceOf(Accepted.class);

    assertThat(fixture.hosted.rows().versions(id.name())).hasSize(1);
    assertThat(fixture.index("acme-core")).contains(id.cksum().hex());
  }
}
