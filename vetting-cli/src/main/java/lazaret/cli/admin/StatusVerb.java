package lazaret.cli.admin;

import java.time.Duration;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.Durations;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import lazaret.vetting.deskapi.feeds.AgedFeedInfo;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedStateInfo;
import lazaret.vetting.deskapi.store.DroppedRecordsInfo;
import lazaret.vetting.deskapi.store.HealthItemInfo;
import lazaret.vetting.deskapi.store.PolicySummaryInfo;
import lazaret.vetting.deskapi.store.RemovalStatusInfo;
import lazaret.vetting.deskapi.store.SnapshotStatusInfo;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/// The command `status`, which shows the status of the gate.
@Command(
    name = "status",
    header = "Show the status of the gate",
    footer = {"Examples:", "  vetting-cli status", "  vetting-cli status --json"},
    exitCodeList = {"0:success", "3:gate unavailable"})
public final class StatusVerb extends EmptyRequestVerb<StatusReply> {
  public StatusVerb(CliSession session) {
    super(session, () -> StoreOperations.STATUS, "cannot read the status");
  }

  @Override
  protected void print(StatusReply status) {
    PolicySummaryInfo policy = status.policy();
    fact("gate", desk().where() + ", version " + status.version());
    fact("time", Timestamps.minute(status.time()));
    fact("upstream", status.upstream());
    fact(
        "policy",
        KebabCase.of(policy.mode())
            + (policy.automatic()
                ? ", automatic after %s (%s for build-time code)"
                    .formatted(policy.cooldown(), policy.buildCooldown())
                : ", approvals only"));
    fact("crates", status.crates());
    fact("artifacts", status.artifacts());
    fact("waiting", status.openRequests() + " (vetting-cli queue)");
    for (DroppedRecordsInfo dropped : status.dropped()) {
      fact("dropped", dropped.count() + " " + dropped.kind());
    }
    fact("ledger", status.ledgerEntries() + " entries");
    fact(
        "disk",
        "%s used, %s free (without preallocated blocks of the write-ahead log)"
            .formatted(
                SizeText.text(status.disk().usedBytes()),
                SizeText.text(status.disk().freeBytes())));
    feeds(status.feeds());
    removals(status.removals());
    snapshot(status.snapshot());
    status
        .store()
        .storeFaults()
        .forEach(fault -> terminal().line(Cell.of(TextStyle.BAD, "store: " + fault)));
    if (status.store().storeWithholds()) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.BAD,
                  "nothing is served or written: restore a backup, or '%s'"
                      .formatted(StoreCondition.ACCEPT)));
    }
    if (!status.disk().acceptsArtifacts()) {
      terminal().line(Cell.of(TextStyle.BAD, "the disk is full: no new crates are admitted"));
    }
    health(status.health());
  }

  private void health(List<HealthItemInfo> items) {
    TextTable table = new TextTable("HEALTH", "STATE", "VALUE", "DETAIL");
    for (HealthItemInfo item : items) {
      TextStyle style =
          switch (item.state()) {
            case OK -> TextStyle.GOOD;
            case WARNING -> TextStyle.WARN;
            case FAILED -> TextStyle.BAD;
          };
      table.row(
          Cell.of(item.name()),
          Cell.of(style, KebabCase.of(item.state())),
          Cell.of(value(item)),
          Cell.of(item.detail() + (item.next() == null ? "" : "; next: " + item.next())));
    }
    terminal().table(table);
  }

  private static String value(HealthItemInfo item) {
    Long value = item.value();
    if (value == null) {
      return "";
    }
    return "bytes".equals(item.unit()) ? SizeText.text(value) : value + " " + item.unit();
  }

  private void snapshot(@Nullable SnapshotStatusInfo snapshot) {
    if (snapshot == null) {
      return;
    }
    if (snapshot.detail() != null) {
      terminal()
          .line(
              Cell.of(TextStyle.FAINT, "%-10s".formatted("snapshot")),
              Cell.of("%d: ".formatted(snapshot.head())),
              Cell.of(snapshot.overdue() ? TextStyle.WARN : TextStyle.PLAIN, snapshot.detail()));
    }
    for (RevocationInfo revocation : snapshot.revocations()) {
      fact(
          "revoked",
          "revocation %s of %s is in force: denied versions: %d"
              .formatted(
                  revocation.number(), Timestamps.minute(revocation.at()), revocation.versions()));
    }
    if (snapshot.behind() != null) {
      terminal().line(Cell.of(TextStyle.BAD, snapshot.behind().detail()));
    }
  }

  private void removals(RemovalStatusInfo removals) {
    if (removals.massSince() != null) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.BAD,
                  "very many crates vanished upstream: nothing is withdrawn until 'vetting-cli"
                      + " removals --confirm'"));
    } else if (removals.open() > 0) {
      terminal()
          .line(
              Cell.of(TextStyle.FAINT, "%-10s".formatted("removals")),
              Cell.of(
                  TextStyle.WARN,
                  "%d unconfirmed (vetting-cli removals)".formatted(removals.open())));
    }
  }

  private void feeds(FeedStateInfo feeds) {
    terminal()
        .line(
            Cell.of(TextStyle.FAINT, "%-10s".formatted("feeds")),
            Cell.of(
                feeds.state() == FeedAgeInfo.State.FRESH ? TextStyle.GOOD : TextStyle.WARN,
                KebabCase.of(feeds.state())),
            Cell.of(": " + feeds.detail() + limits(feeds)));
    for (AgedFeedInfo feed : feeds.feeds()) {
      fact(
          "",
          "%s: %d records, the newest of %s, as of %s, %s"
              .formatted(
                  feed.name(),
                  feed.records(),
                  feed.newest() == null ? "no date" : feed.newest(),
                  Timestamps.distant(feed.asOf(), session().now()),
                  KebabCase.of(feed.state())));
    }
    feeds.failing().forEach(name -> fact("", name + ": could not be refreshed"));
  }

  /// Returns the ages at which feeds warn and stop, or an empty text if there are no feeds.
  private static String limits(FeedStateInfo feeds) {
    long warn = feeds.warnSeconds();
    long stop = feeds.stopSeconds();
    if (feeds.state() == FeedAgeInfo.State.NONE) {
      return "";
    }
    return warn == stop
        ? "; they stop " + after(stop)
        : "; they warn %s and stop %s".formatted(after(warn), after(stop));
  }

  private static String after(long seconds) {
    return seconds == 0 ? "at once" : "after " + Durations.words(Duration.ofSeconds(seconds));
  }

  private void fact(String name, Object value) {
    terminal().line(Cell.of(TextStyle.FAINT, "%-10s".formatted(name)), Cell.of(value));
  }
}
