package lazaret.cli.bundle;

import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.TextStyle;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "List snapshots and revocations",
    footer = {"Examples:", "  vetting-cli bundle list"},
    exitCodeList = {"0:success", "3:gate unavailable"})
final class BundleListVerb extends Verb {
  BundleListVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject all = desk().ask("cannot list the snapshots", DeskQuestion.get("/snapshots"));
    if (session().json()) {
      terminal().json(all);
      return ExitCode.DONE;
    }
    long head = all.number("head");
    TextTable table =
        new TextTable("SNAPSHOT", "KIND", "CREATED", "STORED SINCE", "CRATES", "VERSIONS", "");
    for (JsonObject snapshot : all.objects("snapshots")) {
      table.row(
          Cell.of(TextStyle.STRONG, snapshot.number("sequence")),
          Cell.of(snapshot.words("kind")),
          Cell.of(Timestamps.minute(snapshot.words("issued"))),
          Cell.of(Timestamps.minute(snapshot.words("at"))),
          Cell.of(snapshot.number("crates")),
          Cell.of(snapshot.number("versions")),
          Cell.of(TextStyle.STRONG, snapshot.number("sequence") == head ? "served" : ""));
    }
    terminal().table(table);
    revocations(all.objects("revocations"));
    if (table.isEmpty()) {
      terminal()
          .line(
              "no snapshots; create one with 'bundle export', or import one with 'bundle import'");
    }
    return ExitCode.DONE;
  }

  private void revocations(List<JsonObject> revocations) {
    TextTable table = new TextTable("REVOCATION", "STORED SINCE", "DENIES", "");
    for (JsonObject revocation : revocations) {
      table.row(
          Cell.of(TextStyle.STRONG, revocation.words("number")),
          Cell.of(Timestamps.minute(revocation.words("at"))),
          Cell.of("%d versions".formatted(revocation.number("versions"))),
          Cell.of(TextStyle.STRONG, "in force"));
    }
    terminal().table(table);
  }
}
