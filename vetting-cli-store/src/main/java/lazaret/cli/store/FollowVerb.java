package lazaret.cli.store;

import java.time.Instant;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.EmptyRequestVerb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.store.FollowMode;
import lazaret.vetting.deskapi.store.FollowReply;
import lazaret.vetting.text.KebabCase;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;

/// The command `follow`, which shows the progress of following the registry.
@Command(
    name = "follow",
    header = "Show how current the stored crates are, and what is fetched ahead",
    description = {
      "",
      "The keys of [follow] in the configuration of the server choose what is followed. Of several"
          + " servers that share a store one does the work; the others know its state, and not its"
          + " work in progress."
    },
    footer = {
      "Examples:",
      "  vetting-cli follow",
      "  vetting-cli follow --json | jq -r .current_until"
    },
    exitCodeList = {"0:success, in each state", "3:gate unavailable"})
final class FollowVerb extends EmptyRequestVerb<FollowReply> {
  FollowVerb(CliSession session) {
    super(session, () -> StoreOperations.FOLLOW, "cannot read the state of following");
  }

  @Override
  protected void print(FollowReply reply) {
    if (reply.mode() == FollowMode.OFF) {
      terminal().line("mode       off: 'follow.mode' of the server chooses what is followed");
      return;
    }
    terminal().line("mode       " + KebabCase.of(reply.mode()));
    terminal().line(Cell.of("current    "), current(reply));
    if (reply.phase() != null) {
      terminal().line("work       " + work(reply, reply.phase()));
    }
    terminal()
        .line(
            "artifacts  %d fetched ahead since the start of the server"
                .formatted(reply.artifacts()));
    String left =
        reply.bytesLeft() == null ? "" : ", " + SizeText.text(reply.bytesLeft()) + " left";
    terminal()
        .line(
            "today      %d requests, %s received%s"
                .formatted(reply.requestsToday(), SizeText.text(reply.bytesToday()), left));
    if (reply.trouble() != null) {
      terminal().line(Cell.of("trouble    "), Cell.of(TextStyle.WARN, reply.trouble()));
    }
  }

  private static Cell current(FollowReply reply) {
    Instant until = reply.currentUntil();
    String text =
        until == null ? "not yet: crates are not confirmed" : "until " + Timestamps.minute(until);
    return reply.gap()
        ? Cell.of(TextStyle.WARN, text + "; announcements were missed, and crates are confirmed")
        : Cell.of(until == null ? TextStyle.WARN : TextStyle.GOOD, text);
  }

  private static String work(FollowReply reply, String phase) {
    String steps =
        reply.total() == 0
            ? phase + ": " + reply.done()
            : "%s: %d of %d".formatted(phase, reply.done(), reply.total());
    return reply.finish() == null
        ? steps
        : steps + ", until about " + Timestamps.minute(reply.finish());
  }
}
