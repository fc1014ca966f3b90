package lazaret.cli.admin;

import java.time.Duration;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.SizeText;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.Timestamps;
import lazaret.vetting.Durations;
import lazaret.vetting.gate.store.StoreCondition;
import picocli.CommandLine.Command;

/// The command `status`, which shows the status of the gate.
@Command(
    name = "status",
    header = "Show the status of the gate",
    footer = {"Examples:", "  vetting-cli status", "  vetting-cli status --json"},
    exitCodeList = {"0:success", "3:gate unavailable"})
public final class StatusVerb extends Verb {
  public StatusVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject status = desk().ask("cannot read the status", DeskQuestion.get("/status"));
    if (session().json()) {
      terminal().json(status);
    } else {
      print(status);
    }
    return ExitCode.DONE;
  }

  private void print(JsonObject status) {
    JsonObject policy = status.object("policy");
    JsonObject room = status.object("room");
    fact("gate", desk().where() + ", version " + status.words("version"));
    fact("time", Timestamps.minute(status.words("time")));
    fact("upstream", status.words("upstream"));
    fact(
        "policy",
        policy.words("mode")
            + (policy.flag("automatic")
                ? ", automatic after %s (%s for build-time code)"
                    .formatted(policy.words("cooldown"), policy.words("build_cooldown"))
                : ", approvals only"));
    fact("crates", status.number("crates"));
    fact("artifacts", status.number("artefacts"));
    fact("waiting", status.number("open_requests") + " (vetting-cli queue)");
    for (JsonObject dropped : status.objects("dropped")) {
      fact("dropped", dropped.number("count") + " " + dropped.words("kind"));
    }
    fact("ledger", status.number("ledger_entries") + " entries");
    fact(
        "disk",
        "%s used, %s free (without preallocated blocks of the write-ahead log)"
            .formatted(
                SizeText.text(room.number("used_bytes")),
                SizeText.text(room.number("free_bytes"))));
    feeds(status.object("feeds"));
    removals(status.object("removals"));
    snapshot(status.object("snapshot"));
    status
        .texts("store_faults")
        .forEach(fault -> terminal().line(Cell.of(TextStyle.BAD, "store: " + fault)));
    if (status.flag("store_withholds")) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.BAD,
                  "nothing is served or written: restore a backup, or '%s'"
                      .formatted(StoreCondition.ACCEPT)));
    }
    if (!room.flag("admits")) {
      terminal().line(Cell.of(TextStyle.BAD, "the disk is full: no new crates are admitted"));
    }
  }

  private void snapshot(JsonObject snapshot) {
    snapshot
        .text("detail")
        .ifPresent(
            detail ->
                terminal()
                    .line(
                        Cell.of(TextStyle.FAINT, "%-10s".formatted("snapshot")),
                        Cell.of("%d: ".formatted(snapshot.number("head"))),
                        Cell.of(
                            snapshot.flag("overdue") ? TextStyle.WARN : TextStyle.PLAIN, detail)));
    for (JsonObject revocation : snapshot.objects("revocations")) {
      fact(
          "revoked",
          "revocation %s of %s is in force: denied versions: %d"
              .formatted(
                  revocation.words("number"),
                  Timestamps.minute(revocation.words("at")),
                  revocation.number("versions")));
    }
    snapshot
        .object("behind")
        .text("detail")
        .ifPresent(detail -> terminal().line(Cell.of(TextStyle.BAD, detail)));
  }

  private void removals(JsonObject removals) {
    if (removals.text("mass_since").isPresent()) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.BAD,
                  "very many crates vanished upstream: nothing is withdrawn until 'vetting-cli"
                      + " removals --confirm'"));
    } else if (removals.number("open") > 0) {
      terminal()
          .line(
              Cell.of(TextStyle.FAINT, "%-10s".formatted("removals")),
              Cell.of(
                  TextStyle.WARN,
                  "%d unconfirmed (vetting-cli removals)".formatted(removals.number("open"))));
    }
  }

  private void feeds(JsonObject feeds) {
    String state = feeds.words("state");
    terminal()
        .line(
            Cell.of(TextStyle.FAINT, "%-10s".formatted("feeds")),
            Cell.of(state.equals("fresh") ? TextStyle.GOOD : TextStyle.WARN, state),
            Cell.of(": " + feeds.words("detail") + limits(feeds)));
    for (JsonObject feed : feeds.objects("feeds")) {
      fact(
          "",
          "%s: %d records, the newest of %s, as of %s, %s"
              .formatted(
                  feed.words("name"),
                  feed.number("records"),
                  feed.text("newest").orElse("no date"),
                  Timestamps.distant(feed.words("as_of"), session().now()),
                  feed.words("state")));
    }
    feeds.texts("failing").forEach(name -> fact("", name + ": could not be refreshed"));
  }

  /// Returns the ages at which feeds warn and stop, or an empty text if there are no feeds.
  private static String limits(JsonObject feeds) {
    long warn = feeds.number("warn_seconds");
    long stop = feeds.number("stop_seconds");
    if (feeds.words("state").equals("none")) {
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
