package lazaret.cli.verbs;

import java.time.Duration;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.vetting.Durations;
import lazaret.vetting.gate.store.StoreCondition;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    header = "Show the status of the gate",
    footer = {"Examples:", "  vetting-cli status", "  vetting-cli status --json"},
    exitCodeList = {"0:success", "3:gate unavailable"})
final class StatusVerb extends Verb {
  StatusVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
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
    fact("time", Moments.minute(status.words("time")));
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
                Sizes.text(room.number("used_bytes")), Sizes.text(room.number("free_bytes"))));
    feeds(status.object("feeds"));
    removals(status.object("removals"));
    snapshot(status.object("snapshot"));
    status
        .texts("store_faults")
        .forEach(fault -> terminal().line(Cell.of(Style.BAD, "store: " + fault)));
    if (status.flag("store_withholds")) {
      terminal()
          .line(
              Cell.of(
                  Style.BAD,
                  "nothing is served or written: restore a backup, or '%s'"
                      .formatted(StoreCondition.ACCEPT)));
    }
    if (!room.flag("admits")) {
      terminal().line(Cell.of(Style.BAD, "the disk is full: no new crates are admitted"));
    }
  }

  private void snapshot(JsonObject snapshot) {
    snapshot
        .text("detail")
        .ifPresent(
            detail ->
                terminal()
                    .line(
                        Cell.of(Style.FAINT, "%-10s".formatted("snapshot")),
                        Cell.of("%d: ".formatted(snapshot.number("head"))),
                        Cell.of(snapshot.flag("overdue") ? Style.WARN : Style.PLAIN, detail)));
    for (JsonObject revocation : snapshot.objects("revocations")) {
      fact(
          "revoked",
          "revocation %s of %s is in force: denied versions: %d"
              .formatted(
                  revocation.words("number"),
                  Moments.minute(revocation.words("at")),
                  revocation.number("versions")));
    }
    snapshot
        .object("behind")
        .text("detail")
        .ifPresent(detail -> terminal().line(Cell.of(Style.BAD, detail)));
  }

  private void removals(JsonObject removals) {
    if (removals.text("mass_since").isPresent()) {
      terminal()
          .line(
              Cell.of(
                  Style.BAD,
                  "very many crates vanished upstream: nothing is withdrawn until 'vetting-cli"
                      + " removals --confirm'"));
    } else if (removals.number("open") > 0) {
      terminal()
          .line(
              Cell.of(Style.FAINT, "%-10s".formatted("removals")),
              Cell.of(
                  Style.WARN,
                  "%d unconfirmed (vetting-cli removals)".formatted(removals.number("open"))));
    }
  }

  private void feeds(JsonObject feeds) {
    String state = feeds.words("state");
    terminal()
        .line(
            Cell.of(Style.FAINT, "%-10s".formatted("feeds")),
            Cell.of(state.equals("fresh") ? Style.GOOD : Style.WARN, state),
            Cell.of(": " + feeds.words("detail") + limits(feeds)));
    for (JsonObject feed : feeds.objects("feeds")) {
      fact(
          "",
          "%s: %d records, the newest of %s, as of %s, %s"
              .formatted(
                  feed.words("name"),
                  feed.number("records"),
                  feed.text("newest").orElse("no date"),
                  Moments.distant(feed.words("as_of"), session().now()),
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
    terminal().line(Cell.of(Style.FAINT, "%-10s".formatted(name)), Cell.of(value));
  }
}
