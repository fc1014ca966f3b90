package lazaret.cli.admin;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.command.Verb;
import lazaret.cli.command.VerbGroup;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.FeedOperations;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;
import lazaret.vetting.deskapi.feeds.AdvisoryReply;
import lazaret.vetting.deskapi.feeds.AdvisoryRequest;
import lazaret.vetting.deskapi.feeds.FailingFeedInfo;
import lazaret.vetting.deskapi.feeds.FeedFailureInfo;
import lazaret.vetting.deskapi.feeds.FeedRefreshInfo;
import lazaret.vetting.deskapi.feeds.FeedRemoveReply;
import lazaret.vetting.deskapi.feeds.FeedRemoveRequest;
import lazaret.vetting.deskapi.feeds.FeedStatusInfo;
import lazaret.vetting.deskapi.feeds.FeedUpdateReply;
import lazaret.vetting.deskapi.feeds.FeedsRefreshReply;
import lazaret.vetting.deskapi.feeds.FeedsReply;
import lazaret.vetting.text.KebabCase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `feed`, which imports or shows feeds of advisories.
@Command(
    name = "feed",
    header = "Import and show feeds of advisories",
    synopsisSubcommandLabel = "import|list|show|refresh|remove",
    footer = {
      "Examples:",
      "  vetting-cli feed list",
      "  vetting-cli feed import advisory-db.tar.gz",
      "  vetting-cli feed show RUSTSEC-2026-0260"
    },
    exitCodeList = {"0:success", "2:see the help of the verb", "3:gate unavailable"})
public final class FeedVerb extends VerbGroup {
  public FeedVerb(CliSession session) {
    super(session);
  }

  @Override
  public SequencedMap<String, Verb> parts() {
    SequencedMap<String, Verb> parts = new LinkedHashMap<>();
    parts.put("import", new FeedImportVerb(session()));
    parts.put("list", new Listing(session()));
    parts.put("show", new Show(session()));
    parts.put("refresh", new Refresh(session()));
    parts.put("remove", new Remove(session()));
    return parts;
  }

  @Command(
      name = "list",
      header = "List feeds and their age",
      footer = {"Examples:", "  vetting-cli feed list"},
      exitCodeList = {"0:success", "3:gate unavailable"})
  static final class Listing extends EmptyRequestVerb<FeedsReply> {
    Listing(CliSession session) {
      super(session, () -> FeedOperations.FEEDS, "cannot list the feeds");
    }

    @Override
    protected void print(FeedsReply reply) {
      TextTable table = new TextTable("NAME", "KIND", "RECORDS", "AS OF", "NEWEST", "FROM");
      for (FeedStatusInfo feed : reply.feeds()) {
        table.row(
            Cell.of(TextStyle.STRONG, feed.name()),
            Cell.of(KebabCase.of(feed.format())),
            Cell.of(feed.records()),
            Cell.of(Timestamps.minute(feed.asOf())),
            Cell.of(feed.newest() == null ? "" : feed.newest()),
            Cell.of(feed.origin()));
      }
      terminal().table(table);
      terminal().line(reply.age().detail());
      for (FailingFeedInfo failing : reply.failing()) {
        FeedFailureInfo failure = failing.failure();
        terminal()
            .note(
                "the last refresh of '%s' failed: %s"
                    .formatted(failing.name(), failure == null ? "" : failure.why()));
      }
    }
  }

  @Command(
      name = "show",
      header = "Show the advisories of an id",
      footer = {"Examples:", "  vetting-cli feed show RUSTSEC-2026-0260"},
      exitCodeList = {"0:success", "3:gate unavailable", "5:no such advisory"})
  static final class Show extends DeskVerb<AdvisoryRequest, AdvisoryReply> {
    @Parameters(
        paramLabel = "ID",
        description = "Id or alias of an advisory, in upper or lower case.")
    String id = "";

    Show(CliSession session) {
      super(session);
    }

    @Override
    protected Operation<AdvisoryRequest, AdvisoryReply> operation() {
      return FeedOperations.ADVISORY;
    }

    @Override
    protected AdvisoryRequest request() {
      return new AdvisoryRequest(id);
    }

    @Override
    protected String attempt() {
      return "cannot show '" + id + "'";
    }

    @Override
    protected void print(AdvisoryReply reply) {
      reply.advisories().forEach(this::print);
    }

    private void print(AdvisoryInfo advisory) {
      terminal()
          .line(
              "%s (%s): %s, %s%s"
                  .formatted(
                      advisory.id(),
                      advisory.feed(),
                      KebabCase.of(advisory.kind()),
                      advisory.severity(),
                      advisory.withdrawn() ? ", withdrawn" : ""));
      terminal().line("  " + advisory.title());
      terminal()
          .line(
              "  " + (advisory.name() == null ? "" : advisory.name()) + " " + advisory.affected());
      if (advisory.url() != null) {
        terminal().line("  " + advisory.url());
      }
    }
  }

  @Command(
      name = "refresh",
      header = "Fetch the configured feeds now",
      footer = {"Examples:", "  vetting-cli feed refresh"},
      exitCodeList = {"0:success, even if one failed", "3:gate unavailable"})
  static final class Refresh extends EmptyRequestVerb<FeedsRefreshReply> {
    Refresh(CliSession session) {
      super(session, () -> FeedOperations.REFRESH_FEEDS, "cannot refresh the feeds");
    }

    @Override
    protected void print(FeedsRefreshReply reply) {
      if (reply.feeds().isEmpty()) {
        terminal().line("no feeds are configured for fetching");
      }
      for (FeedRefreshInfo feed : reply.feeds()) {
        switch (feed) {
          case FeedRefreshInfo.Refused(String name, String refused) ->
              terminal().note("feed '" + name + "' not changed: " + refused);
          case FeedRefreshInfo.Updated updated -> FeedText.print(terminal(), update(updated));
        }
      }
    }

    private static FeedUpdateReply update(FeedRefreshInfo.Updated updated) {
      return new FeedUpdateReply(
          updated.name(),
          updated.format(),
          updated.origin(),
          updated.asOf(),
          updated.newest(),
          updated.records(),
          updated.skipped(),
          updated.warnings(),
          updated.reevaluated());
    }
  }

  @Command(
      name = "remove",
      header = "Remove a feed and re-evaluate the versions that it names",
      footer = {"Examples:", "  vetting-cli feed remove ban"},
      exitCodeList = {"0:removed", "3:gate unavailable", "5:no such feed"})
  static final class Remove extends DeskVerb<FeedRemoveRequest, FeedRemoveReply> {
    @Parameters(paramLabel = "NAME", description = "Name of the feed.")
    String name = "";

    Remove(CliSession session) {
      super(session);
    }

    @Override
    protected Operation<FeedRemoveRequest, FeedRemoveReply> operation() {
      return FeedOperations.REMOVE_FEED;
    }

    @Override
    protected FeedRemoveRequest request() {
      return new FeedRemoveRequest(name);
    }

    @Override
    protected String attempt() {
      return "cannot remove the feed '" + name + "'";
    }

    @Override
    protected void print(FeedRemoveReply reply) {
      terminal().line("feed '" + reply.removed() + "' is removed");
      FeedText.print(terminal(), reply.reevaluated());
    }
  }
}
