package lazaret.vetting.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.AdvisorySet;
import lazaret.vetting.advisory.Feed;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.advisory.FeedInfo;
import lazaret.vetting.advisory.feed.FeedSource;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.GateFixture;
import lazaret.vetting.gate.serving.DownloadOutcome;
import lazaret.vetting.index.Validators;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.AdvisoryPolicy;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The verdict on an old version is kept for the next download, and for no longer than its causes
/// last.
class KeptVerdictTest {
  private static final Policy APPROVED_ONLY =
      Policy.DEFAULT.withCooldowns(
          new Policy.Cooldowns(
              false, Duration.ofDays(7), Duration.ofDays(14), Policy.FastLane.OFF));

  private final GateFixture station = new GateFixture();
  private final CrateId id = station.publish("alpha", "1.0.0", 100);

  @BeforeEach
  void keep() {
    station.download(id);
    assertKept();
  }

  @AfterEach
  void close() {
    station.close();
  }

  private void assertKept() {
    Verdict first = served();
    assertThat(served()).isSameAs(first);
  }

  private Verdict served() {
    DownloadOutcome outcome = station.download(id);
    assertThat(outcome).isInstanceOf(DownloadOutcome.Served.class);
    return ((DownloadOutcome.Served) outcome).verdict();
  }

  private Reason.Code refused() {
    DownloadOutcome outcome = station.download(id);
    assertThat(outcome).isInstanceOf(DownloadOutcome.Withheld.class);
    return ((DownloadOutcome.Withheld) outcome).verdict().reason().code();
  }

  @Test
  void endsWithADenial() {
    station.decide(Decision.Kind.DENY, id);

    assertThat(refused()).isEqualTo(Reason.Code.DENIED);
  }

  @Test
  void endsWithARevocation() {
    station.decide(Decision.Kind.REVOKE, id);

    assertThat(refused()).isEqualTo(Reason.Code.REVOKED);
  }

  @Test
  void endsWithAnApproval() {
    station.decide(Decision.Kind.APPROVE, id);

    assertThat(served().reason().code()).isEqualTo(Reason.Code.APPROVED);
  }

  @Test
  void endsWithAYank() {
    AdvisoryPolicy usual = AdvisoryPolicy.DEFAULT;
    station.policy(
        Policy.DEFAULT.withAdvisories(
            new AdvisoryPolicy(
                usual.vulnerabilities(),
                usual.scores(),
                usual.unsound(),
                usual.unmaintained(),
                usual.notice(),
                PolicyLevel.DENY,
                usual.feeds())));
    assertKept();

    station.publish(CrateBuilder.crate("alpha", "1.0.0").file("src/lib.rs", ""), 100, true);
    station.clock.advance(GateOptions.DEFAULT.indexTtl());
    station.index("alpha");

    assertThat(refused()).isEqualTo(Reason.Code.YANKED);
  }

  @Test
  void endsWithAFeedThatNamesTheVersion() {
    FeedSource source =
        new FeedSource("ban", FeedFormat.LOCAL, "ban.toml", station.clock.instant());
    var delivery = new FeedService.FeedDelivery(source, Validators.NONE, false, "ann");
    Bytes list = Bytes.utf8("[[advisory]]\nid = \"A-1\"\nreason = \"r\"\ncrate = \"alpha\"\n");

    assertThat(station.desk.feeds().accept(delivery, list))
        .isInstanceOf(FeedUpdateReport.Accepted.class);

    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);
  }

  @Test
  void endsWithAnotherPolicy() {
    station.policy(APPROVED_ONLY);
    assertThat(refused()).isEqualTo(Reason.Code.NOT_APPROVED);

    station.policy(Policy.DEFAULT);
    assertThat(served().reason().code()).isEqualTo(Reason.Code.AGED);
  }

  @Test
  void endsWithTheExemptionThatItRestsOn() {
    station.policy(APPROVED_ONLY);
    station.decide(Decision.Kind.EXEMPT, id, GateFixture.START.plus(Duration.ofDays(10)));
    assertKept();

    station.clock.advance(Duration.ofDays(10).minusNanos(1));
    assertKept();
    station.clock.advance(Duration.ofNanos(1));

    assertThat(refused()).isEqualTo(Reason.Code.NOT_APPROVED);
  }

  @Test
  void endsWhenTheAgeOfAFeedHasAnEffect() {
    FeedInfo info = new FeedInfo("osv", FeedFormat.OSV, "test", GateFixture.START, null, 0, 0);
    AdvisorySet advisories = AdvisorySet.of(List.of(new Feed(info, List.of())));
    station.rules.change(book -> book.with(advisories));
    assertKept();

    station.clock.advance(Duration.ofDays(7));
    assertThat(served().has(Reason.Code.FEEDS_OLD)).isTrue();
    station.clock.advance(Duration.ofDays(83));
    assertThat(refused()).isEqualTo(Reason.Code.FEEDS_STALE);
  }

  @Test
  void isNotUsedBeforeTheMomentAtWhichItWasMade() {
    station.clock.advance(Duration.ofDays(-95));
    assertThat(station.download(id)).isInstanceOf(DownloadOutcome.Withheld.class);

    station.clock.advance(Duration.ofDays(95));
    assertThat(served().reason().code()).isEqualTo(Reason.Code.AGED);
  }

  @Test
  void youngVersionIsServedWhenItsWaitEnds() {
    station.publish("beta", "0.9.0", 60);
    CrateId young = station.publish("beta", "1.0.0", 5);
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);
    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Withheld.class);

    station.clock.advance(Duration.ofDays(9));

    assertThat(station.download(young)).isInstanceOf(DownloadOutcome.Served.class);
  }
}
