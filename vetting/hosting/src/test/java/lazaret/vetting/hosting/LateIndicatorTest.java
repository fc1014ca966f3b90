package lazaret.vetting.hosting;

import static lazaret.vetting.hosting.HostingFixture.ADA;
import static lazaret.vetting.hosting.HostingFixture.crate;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.feeds.IndicatorRescan;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.gate.snapshots.SnapshotViewStore;
import lazaret.vetting.hosting.PublishResult.Accepted;
import lazaret.vetting.index.Validators;
import lazaret.vetting.policy.Reason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A private version whose inspection ends before a feed names its indicator, and which is stored
/// after the search for it.
class LateIndicatorTest {
  private final InterruptedStore interrupted =
      new InterruptedStore(new SnapshotViewStore(new InMemoryStore()), "commit");
  private final HostingFixture fixture = new HostingFixture(interrupted.store());
  private final IndicatorRescan rescan =
      new IndicatorRescan(
          fixture.tested.parts,
          fixture.tested.gate.files(),
          fixture.tested.gate.meters(),
          fixture.tested.gate.usageLog(),
          fixture.tested.gate.indicators());

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void aVersionStoredAfterTheSearchIsFoundByTheNextRound() throws InterruptedException {
    CrateBuilder bad =
        crate("acme-core", "1.0.0")
            .file("src/lib.rs", "pub const A: &str = \"drop.evil.invalid\";");
    interrupted.next(this::nameAndSearch);

    assertThat(fixture.publish(ADA, bad)).isInstanceOf(Accepted.class);
    rescan.run();
    assertThat(fixture.download(bad.id())).isInstanceOf(DownloadOutcome.Served.class);

    rescan.searchLate();

    assertThat(fixture.download(bad.id()))
        .isInstanceOfSatisfying(
            DownloadOutcome.Withheld.class,
            withheld ->
                assertThat(withheld.verdict().reason().code())
                    .isEqualTo(Reason.Code.MALWARE_SIGNAL));
  }

  /// A feed names the indicator, and the search for it ends.
  private void nameAndSearch() {
    FeedSource source = new FeedSource("names", FeedFormat.LOCAL, "a test", HostingFixture.START);
    FeedService.FeedDelivery delivery =
        new FeedService.FeedDelivery(source, Validators.NONE, false, "a test");
    Bytes feed =
        Bytes.utf8("[[advisory]]\nid = \"A-1\"\nreason = \"r\"\niocs = [\"drop.evil.invalid\"]\n");
    assertThat(fixture.tested.desk.feeds().accept(delivery, feed))
        .isInstanceOf(FeedUpdateReport.Accepted.class);
    try {
      rescan.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
