package lazaret.web.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.feeds.AgedFeedInfo;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedStateInfo;
import lazaret.vetting.deskapi.feeds.FeedStatusInfo;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.deskapi.store.DiskInfo;
import lazaret.vetting.deskapi.store.PolicySummaryInfo;
import lazaret.vetting.deskapi.store.RemovalStatusInfo;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.roles.DeskRole;
import lazaret.web.FixedDesk;
import lazaret.web.HostileSample;
import org.junit.jupiter.api.Test;

class StatusPageTest {
  private static String page(long entries) {
    StatusReply sample = HostileSample.of(StoreOperations.STATUS);
    StatusReply status =
        new StatusReply(
            sample.version(),
            sample.time(),
            sample.upstream(),
            sample.policy(),
            sample.crates(),
            sample.artifacts(),
            sample.openRequests(),
            entries,
            sample.disk(),
            sample.storeFaults(),
            sample.storeWithholds(),
            sample.feeds(),
            sample.dropped(),
            sample.snapshot(),
            sample.removals());
    return page(status);
  }

  private static String page(StatusReply status) {
    return FixedDesk.of(DeskRole.READER).reply(StoreOperations.STATUS, status).page("/desk/status");
  }

  @Test
  void countsTheEntriesOfTheLedger() {
    assertThat(page(1)).contains("<a href=\"/desk/events\">1 entry</a>");
    assertThat(page(1_204)).contains("<a href=\"/desk/events\">1,204 entries</a>");
  }

  @Test
  void datesOfFeedsAreElementsOfTime() {
    assertThat(page(7)).contains("<time datetime=\"2026-11-28\">today</time>");
  }

  private static StatusReply status(List<String> faults, boolean accepts) {
    AgedFeedInfo feed =
        new AgedFeedInfo(
            "rustsec",
            FeedStatusInfo.Format.RUSTSEC,
            "https://example.org/db.tar.gz",
            Instant.parse("2026-11-28T06:00:00Z"),
            null,
            1_021,
            0,
            FeedAgeInfo.State.FRESH,
            "11 hours old",
            39_600L);
    return new StatusReply(
        "0.9.0",
        FixedDesk.NOW,
        "https://index.example.org",
        new PolicySummaryInfo(PolicyReply.Mode.ENFORCE, true, "7d", "14d"),
        1_300,
        1,
        1,
        2,
        new DiskInfo(3L << 20, 5L << 30, accepts),
        faults,
        false,
        new FeedStateInfo(
            FeedAgeInfo.State.FRESH, "11 hours old", 39_600L, 1, 2, List.of(feed), List.of()),
        List.of(),
        null,
        new RemovalStatusInfo(0, null));
  }

  @Test
  void showsGatePolicyQueueStoreDiskAndFeeds() {
    assertThat(page(status(List.of(), true)))
        .contains("The store has no known fault.", "Feeds: <bdi>11 hours old</bdi>.")
        .contains("<bdi>0.9.0</bdi>", "Upstream: <bdi>https://index.example.org</bdi>")
        .contains("<div class=\"value\">enforce</div>", "Cooldown <bdi>7d</bdi>, <bdi>14d</bdi>")
        .contains("<a href=\"/desk/queue\">1 open request</a>")
        .contains("<div class=\"value\">1 artifact</div>", "of 1,300 crates, 3.0 MiB")
        .contains("5.0 GiB free", "Stores new artifacts")
        .contains("<b><bdi>rustsec</bdi></b>", "data-head=\"Records\">1,021</td>")
        .contains("data-head=\"Newest\">none</td>", "datetime=\"2026-11-28T06:00:00Z\"")
        .doesNotContain("role=\"alert\"", "Does not store");
  }

  @Test
  void showsEachFaultOfTheStoreAsAnAlert() {
    assertThat(page(status(List.of("artifact ab<b> is missing", "entry 7 differs"), false)))
        .contains("2 faults of the store.", "Does not store new artifacts")
        .contains("<b><bdi>artifact ab&lt;b&gt; is missing</bdi></b>")
        .contains("<b><bdi>entry 7 differs</bdi></b>", "role=\"alert\"")
        .doesNotContain("The store has no known fault.");
  }
}
