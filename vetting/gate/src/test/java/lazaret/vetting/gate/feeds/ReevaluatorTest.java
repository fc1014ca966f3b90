package lazaret.vetting.gate.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The effect of a new feed on all versions that are stored or were ever served. It is complete
/// when the feed has been imported.
class ReevaluatorTest {
  private static final String BY_NAME =
      """
      [[advisory]]
      id = "ACME-1"
      reason = "steals keys"
      crate = "Alpha"
      versions = ["<1.1.0"]
      """;

  private final GateFixture station = new GateFixture();

  @AfterEach
  void close() {
    station.close();
  }

  private FeedUpdateReport.Reevaluation arrives(String list) {
    FeedSource source =
        new FeedSource("ban", FeedFormat.LOCAL, "ban.toml", station.clock.instant());
    FeedUpdateReport report =
        station
            .desk
            .feeds()
            .accept(
                new FeedService.FeedDelivery(source, Validators.NONE, false, "ann"),
                Bytes.utf8(list));
    assertThat(report).isInstanceOf(FeedUpdateReport.Accepted.class);
    return ((FeedUpdateReport.Accepted) report).reevaluated();
  }

  private static String byBytes(CrateId id) {
    return """
        [[advisory]]
        id = "ACME-2"
        reason = "a dropper"
        sha256 = ["%s"]
        """
        .formatted(id.cksum().hex());
  }

  private List<String> notices() {
    return station.desk.events(0, 1_000).stream()
        .map(LedgerEntry::event)
        .filter(e -> e instanceof Notice n && n.kind() == Notice.Kind.ADVISORY_APPLIES)
        .map(e -> ((Notice) e).version() + ": " + ((Notice) e).detail())
        .toList();
  }

  private void served(CrateId id) {
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Served.class);
  }

  @Test
  void viewsChangeAndWhoHasItIsNamedWithTheDay() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    CrateId good = station.publish("alpha", "1.1.0", 90);
    served(bad);
    served(good);
    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");

    FeedUpdateReport.Reevaluation rejudged = arrives(BY_NAME);

    assertThat(station.index("alpha").lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("1.0.0", "\"yanked\":true"),
            line -> assertThat(line).contains("1.1.0", "\"yanked\":false"));
    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Withheld.class);
    served(good);
    BlastRadius radius = rejudged.affected().getFirst();
    assertThat(rejudged.affected()).hasSize(1);
    assertThat(radius.version()).isEqualTo(bad.version());
    assertThat(radius.holders())
        .singleElement()
        .satisfies(
            holder -> {
              assertThat(holder.token()).isEqualTo("ci");
              assertThat(holder.address()).isEqualTo("127.0.0.1");
              assertThat(holder.first()).hasToString("2026-11-24");
            });
    assertThat(notices())
        .singleElement()
        .asString()
        .startsWith("1.0.0: no longer served: ACME-1")
        .endsWith("handed out to ci from 127.0.0.1 (2026-11-24)");
  }

  @Test
  void whatIsHeldAndWasHandedOutToNobodyIsReportedToo() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    station.desk.review(bad.name(), bad.version(), null);
    assertThat(station.store.hasArtifact(bad.cksum())).isTrue();

    FeedUpdateReport.Reevaluation rejudged = arrives(BY_NAME);

    assertThat(rejudged.withdrawn()).isEqualTo(1);
    assertThat(rejudged.affected()).isEmpty();
    assertThat(notices()).singleElement().asString().endsWith("handed out to nobody");
  }

  @Test
  void bytesThatAFeedNamesAreFoundUnderTheNameTheyAreHeldBy() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    CrateId other = station.publish("beta", "1.0.0", 100);
    served(bad);
    served(other);

    FeedUpdateReport.Reevaluation rejudged = arrives(byBytes(bad));

    assertThat(rejudged.affected())
        .singleElement()
        .satisfies(radius -> assertThat(radius.name()).isEqualTo(bad.name()));
    assertThat(station.index("alpha")).contains("\"yanked\":true");
    assertThat(station.index("beta")).doesNotContain("\"yanked\":true");
    assertThat(notices()).singleElement().asString().contains("ACME-2", "ci from 127.0.0.1");
  }

  /// A corrupt artifact is removed, and clients that received it before still have it.
  @Test
  void bytesThatWereHandedOutAndAreHeldNoLongerAreFoundByWhoHasThem() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    served(bad);
    station.store.commit(Batch.synced(List.of(new Batch.Write.DropArtifact(bad.cksum()))));

    FeedUpdateReport.Reevaluation rejudged = arrives(byBytes(bad));

    assertThat(rejudged.affected()).hasSize(1);
    assertThat(notices()).singleElement().asString().contains("no longer served: ACME-2");
  }

  /// A line without an artifact or a client is evaluated when it is requested.
  @Test
  void withholdsBytesThatOnlyTheIndexKnows() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");

    assertThat(arrives(byBytes(bad)).affected()).isEmpty();

    assertThat(station.index("alpha")).contains("\"yanked\":true");
    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Withheld.class);
  }
}
