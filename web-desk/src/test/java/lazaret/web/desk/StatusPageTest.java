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
import lazaret.vetting.deskapi.store.DroppedRecordsInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.PolicySummaryInfo;
import lazaret.vetting.deskapi.store.RemovalStatusInfo;
import lazaret.vetting.deskapi.store.SnapshotStatusInfo;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.deskapi.store.StoreLagInfo;
import lazaret.vetting.deskapi.store.StoreStateInfo;
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
            sample.store(),
            sample.feeds(),
            sample.dropped(),
            sample.snapshot(),
            sample.removals(),
            sample.health());
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
        new StoreStateInfo(faults, false),
        new FeedStateInfo(
            FeedAgeInfo.State.FRESH, "11 hours old", 39_600L, 1, 2, List.of(feed), List.of()),
        List.of(),
        null,
        new RemovalStatusInfo(0, null),
        List.of(
            new HealthItemInfo(
                "disk", HealthItemInfo.State.OK, 5L << 30, "bytes", "artifacts are stored", null),
            new HealthItemInfo(
                "feeds",
                HealthItemInfo.State.WARNING,
                1_200L,
                "hours",
                "feed <osv> is old",
                "run 'vetting-cli feed refresh'")));
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
        .contains("<div class=\"value\">0 unconfirmed</div>")
        .doesNotContain("role=\"alert\"", "Does not store")
        .doesNotContain("<h2>Snapshot</h2>", "<h2>Records removed");
  }

  @Test
  void showsTheHealthOfEachPartWithTheNextStep() {
    assertThat(page(status(List.of(), true)))
        .contains("<h2 id=\"health-title\">Health</h2>", "<b><bdi>disk</bdi></b>")
        .contains("data-head=\"Value\">5.0 GiB</td>", "data-head=\"Next step\">none</td>")
        .contains("badge review", "warning</span>", "1,200 <bdi>hours</bdi>")
        .contains("feed &lt;osv&gt; is old", "vetting-cli feed refresh");
    assertThat(page(failing(new RemovalStatusInfo(0, null)))).doesNotContain("health-title");
  }

  /// Returns a status whose store and snapshot need an administrator.
  private static StatusReply failing(RemovalStatusInfo removals) {
    StatusReply good = status(List.of(), true);
    return new StatusReply(
        good.version(),
        good.time(),
        good.upstream(),
        good.policy(),
        good.crates(),
        good.artifacts(),
        good.openRequests(),
        good.ledgerEntries(),
        good.disk(),
        new StoreStateInfo(List.of(), true),
        good.feeds(),
        List.of(new DroppedRecordsInfo("requests", 1_200), new DroppedRecordsInfo("notices", 4)),
        new SnapshotStatusInfo(
            1_041,
            1_043L,
            Instant.parse("2026-11-27T06:00:00Z"),
            true,
            "snapshot 1044 was promised",
            List.of(),
            new StoreLagInfo(1_041, 1_043L, "import snapshot 1043")),
        removals,
        List.of());
  }

  @Test
  void statesThatNothingIsServedAndWhichSnapshotIsMissing() {
    assertThat(page(failing(new RemovalStatusInfo(0, null))))
        .contains("<b>The gate serves and writes nothing.</b>", "vetting-cli fsck --accept-loss")
        .contains("<b>The next bundle is overdue.</b> <bdi>snapshot 1044 was promised</bdi>")
        .contains("<b>The store lacks an imported snapshot.</b> <bdi>import snapshot 1043</bdi>")
        .contains("<h2>Snapshot</h2><div class=\"value\"><a href=\"/desk/bundles\">1,041</a>")
        .contains("Next bundle by <time datetime=\"2026-11-27T06:00:00Z\">");
  }

  @Test
  void countsRemovalsUpstreamAndRemovedRecords() {
    assertThat(page(failing(new RemovalStatusInfo(3, null))))
        .contains("<div class=\"value\">3 unconfirmed</div>", "Confirm with <code>vetting-cli")
        .contains("<div class=\"value\">1,204</div>", "<bdi>requests</bdi>: 1,200");
    Instant since = Instant.parse("2026-11-28T10:00:00Z");
    assertThat(page(failing(new RemovalStatusInfo(900, since))))
        .contains("nothing is withdrawn since <time datetime=\"2026-11-28T10:00:00Z\">");
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
