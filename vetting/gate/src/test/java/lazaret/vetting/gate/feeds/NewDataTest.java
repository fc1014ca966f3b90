package lazaret.vetting.gate.feeds;

import lazaret.vetting.gate.fixture.Station;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.BlastRadius;
import lazaret.vetting.desk.DownloadOutcome;
import lazaret.vetting.desk.FeedReport;
import lazaret.vetting.desk.Feeds;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The effect of a new feed on all versions that are stored or were ever served. It is complete
/// when the feed has been imported.
class NewDataTest {
  private static final String BY_NAME =
      """
      [[advisory]]
      id = "ACME-1"
      reason = "steals keys"
      crate = "Alpha"
      versions = ["<1.1.0"]
      """;

  private final Station station = new Station();

  @AfterEach
  void close() {
    station.close();
  }

  private FeedReport.Rejudged arrives(String list) {
    FeedSource source =
        new FeedSource("ban", FeedFormat.LOCAL, "ban.toml", station.clock.instant());
    FeedReport report =
        station
            .desk
            .feeds()
            .take(new Feeds.Delivery(source, Validators.NONE, false, "ann"), Bytes.utf8(list));
    assertThat(report).isInstanceOf(FeedReport.Taken.class);
    return ((FeedReport.Taken) report).rejudged();
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

  private List<String> told() {
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

    FeedReport.Rejudged rejudged = arrives(BY_NAME);

    assertThat(station.index("alpha").lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("1.0.0", "\"yanked\":true"),
            line -> assertThat(line).contains("1.1.0", "\"yanked\":false"));
    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Withheld.class);
    served(good);
    BlastRadius radius = rejudged.concerned().getFirst();
    assertThat(rejudged.concerned()).hasSize(1);
    assertThat(radius.version()).isEqualTo(bad.version());
    assertThat(radius.holders())
        .singleElement()
        .satisfies(
            holder -> {
              assertThat(holder.token()).isEqualTo("ci");
              assertThat(holder.address()).isEqualTo("127.0.0.1");
              assertThat(holder.first()).hasToString("2026-11-24");
            });
    assertThat(told())
        .singleElement()
        .asString()
        .startsWith("1.0.0: no longer served: ACME-1")
        .endsWith("handed out to ci from 127.0.0.1 (2026-11-24)");
  }

  @Test
  void whatIsHeldAndWasHandedOutToNobodyIsToldToo() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    station.desk.review(bad.name(), bad.version(), null);
    assertThat(station.store.holdsArtefact(bad.cksum())).isTrue();

    FeedReport.Rejudged rejudged = arrives(BY_NAME);

    assertThat(rejudged.withdrawn()).isEqualTo(1);
    assertThat(rejudged.concerned()).isEmpty();
    assertThat(told()).singleElement().asString().endsWith("handed out to nobody");
  }

  @Test
  void bytesThatAFeedNamesAreFoundUnderTheNameTheyAreHeldBy() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    CrateId other = station.publish("beta", "1.0.0", 100);
    served(bad);
    served(other);

    FeedReport.Rejudged rejudged = arrives(byBytes(bad));

    assertThat(rejudged.concerned())
        .singleElement()
        .satisfies(radius -> assertThat(radius.name()).isEqualTo(bad.name()));
    assertThat(station.index("alpha")).contains("\"yanked\":true");
    assertThat(station.index("beta")).doesNotContain("\"yanked\":true");
    assertThat(told()).singleElement().asString().contains("ACME-2", "ci from 127.0.0.1");
  }

  /// A corrupt artifact is removed, and clients that received it before still have it.
  @Test
  void bytesThatWereHandedOutAndAreHeldNoLongerAreFoundByWhoHasThem() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    served(bad);
    station.store.commit(Batch.synced(List.of(new Batch.Write.DropArtefact(bad.cksum()))));

    FeedReport.Rejudged rejudged = arrives(byBytes(bad));

    assertThat(rejudged.concerned()).hasSize(1);
    assertThat(told()).singleElement().asString().contains("no longer served: ACME-2");
  }

  /// A line without an artifact or a client is evaluated when it is requested.
  @Test
  void withholdsBytesThatOnlyTheIndexKnows() {
    CrateId bad = station.publish("alpha", "1.0.0", 100);
    assertThat(station.index("alpha")).doesNotContain("\"yanked\":true");

    assertThat(arrives(byBytes(bad)).concerned()).isEmpty();

    assertThat(station.index("alpha")).contains("\"yanked\":true");
    assertThat(station.download(bad)).isInstanceOf(DownloadOutcome.Withheld.class);
  }
}
