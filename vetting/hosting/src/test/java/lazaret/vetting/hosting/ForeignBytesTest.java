package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.OriginGate;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.hosting.names.NameAlarmRegister;
import lazaret.vetting.hosting.names.PrivateNameAlarm;
import lazaret.vetting.hosting.record.RaisedAlarm;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An upstream that lists a public version with the SHA-256 of a private archive. The store has
/// bytes and findings by SHA-256.
class ForeignBytesTest {
  private final HostingFixture fixture = new HostingFixture();
  private final CrateId own = crate("acme-core", "1.0.0").id();
  private final CrateId lure =
      new CrateId(CrateName.parse("lure"), CrateVersion.parse("1.0.0"), own.cksum());

  @AfterEach
  void close() {
    fixture.close();
  }

  private void publish() {
    assertThat(fixture.publish(ADA, crate("acme-core", "1.0.0"))).isInstanceOf(Accepted.class);
  }

  private static void list(HostingFixture at, CrateId id) {
    at.upstream.registry.line(
        id.name().published(),
        id.version().text(),
        crate(id.name().published(), id.version().text())
            .indexLine()
            .cksum(id.cksum())
            .pubtime(HostingFixture.START.minus(Duration.ofDays(100)))
            .build());
  }

  private static DownloadOutcome lured(HostingFixture at, CrateId id) {
    return new OriginGate(at.tested.gate, NameOrigin.PUBLIC)
        .download(id.name(), id.version(), id.cksum(), new Requester("ci", "127.0.0.1"));
  }

  private void assertRefused(HostingFixture at) {
    assertThat(at.publicIndex("lure")).contains(own.cksum().hex());
    assertThat(lured(at, lure)).isNotInstanceOf(DownloadOutcome.Served.class);
    assertThat(lured(at, lure)).as("again").isNotInstanceOf(DownloadOutcome.Served.class);
    assertThat(at.tested.gate.files().find(lure.name()).orElseThrow().findings(lure.cksum()))
        .as("findings on private bytes")
        .isEmpty();
    assertThat(at.upstream.asked).as("names asked for").containsOnly("lure");
  }

  @Test
  void aVersionThatIsListedLaterGetsNeitherBytesNorFindings() {
    publish();
    list(fixture, lure);

    assertRefused(fixture);

    assertThat(fixture.notices()).containsOnlyOnce(Notice.Kind.TWO_ORIGINS);
    assertThat(fixture.download(own)).isInstanceOf(DownloadOutcome.Served.class);
  }

  /// Each start of a server finds the version again.
  @Test
  void itsAlarmStaysAcknowledged() {
    publish();
    list(fixture, lure);
    assertRefused(fixture);
    NameAlarmRegister alarms = new NameAlarmRegister(fixture.store);
    PrivateNameAlarm alarm = new PrivateNameAlarm(fixture.store, fixture.origins, fixture.clock);
    alarms.collect();
    RaisedAlarm raised =
        alarm.find(Notice.Kind.TWO_ORIGINS, lure.name(), lure.version().text()).orElseThrow();
    RaisedAlarm seen = alarm.acknowledge(List.of(raised), "ada").getFirst();

    // Not closed: its store is that of the other one.
    HostingFixture restarted = new HostingFixture(fixture.store);
    list(restarted, lure);
    assertThat(lured(restarted, lure)).isNotInstanceOf(DownloadOutcome.Served.class);
    assertThat(fixture.notices()).filteredOn(Notice.Kind.TWO_ORIGINS::equals).hasSize(2);
    alarms.collect();

    assertThat(alarm.raised("", 10)).containsExactly(seen);
  }

  @Test
  void aVersionThatWasListedBeforeGetsNeitherBytesNorFindings() {
    list(fixture, lure);
    assertThat(fixture.publicIndex("lure")).contains(own.cksum().hex());
    publish();

    assertRefused(fixture);

    assertThat(fixture.notices()).containsOnlyOnce(Notice.Kind.TWO_ORIGINS);
    assertThat(fixture.download(own)).isInstanceOf(DownloadOutcome.Served.class);
  }

  /// The state of the crate is read from the store, with the findings that its digests have there.
  @Test
  void aRestartDoesNotConnectThem() {
    list(fixture, lure);
    assertThat(fixture.publicIndex("lure")).contains(own.cksum().hex());
    publish();

    // Not closed: its store is that of the other one.
    HostingFixture restarted = new HostingFixture(fixture.store);
    list(restarted, lure);
    assertThat(restarted.tested.gate.files().find(lure.name()).orElseThrow().findings(own.cksum()))
        .isEmpty();
    assertThat(lured(restarted, lure)).isNotInstanceOf(DownloadOutcome.Served.class);
    assertThat(restarted.download(own)).isInstanceOf(DownloadOutcome.Served.class);
  }

  /// An administrator imports the folder of another mirror, which has the bytes.
  @Test
  void anImportOfPrivateBytesIsRefused() {
    publish();
    list(fixture, lure);
    assertThat(fixture.publicIndex("lure")).contains(own.cksum().hex());

    assertThat(
            fixture
                .tested
                .desk
                .imports()
                .artifact(lure.name(), lure.version(), crate("acme-core", "1.0.0").build()))
        .hasValueSatisfying(
            refusal -> assertThat(refusal.detail()).contains("a private crate has an archive"));
  }

  /// The check refuses nothing that belongs to a public crate.
  @Test
  void publicVersionsAreServedAsBefore() {
    publish();
    CrateId id =
        fixture.upstream.registry.publish(
            crate("alpha", "1.0.0"), HostingFixture.START.minus(Duration.ofDays(100)));

    for (int i = 0; i < 2; i++) {
      assertThat(fixture.publicIndex("alpha")).contains(id.cksum().hex());
      assertThat(lured(fixture, id)).isInstanceOf(DownloadOutcome.Served.class);
    }
    assertThat(fixture.notices()).doesNotContain(Notice.Kind.TWO_ORIGINS);
  }
}
