package lazaret.cli.verbs;

import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import picocli.CommandLine.Command;

@Command(
    name = "list",
    header = "Lists the snapshots that are kept, and which of them is served.",
    footer = {"Examples:", "  vetting-cli bundle list"},
    exitCodeList = {"0:told", "3:no gate answers"})
final class BundleListVerb extends Verb {
  BundleListVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    JsonObject all = desk().ask("cannot list the snapshots", DeskQuestion.get("/snapshots"));
    if (session().json()) {
      terminal().json(all);
      return ExitCode.DONE;
    }
    long head = all.number("head");
    Table table = new Table("SNAPSHOT", "KIND", "MADE", "HERE SINCE", "CRATES", "VERSIONS", "");
    for (JsonObject snapshot : all.objects("snapshots")) {
      table.row(
          Cell.of(Style.STRONG, snapshot.number("sequence")),
          Cell.of(snapshot.words("kind")),
          Cell.of(Moments.minute(snapshot.words("issued"))),
          Cell.of(Moments.minute(snapshot.words("at"))),
          Cell.of(snapshot.number("crates")),
          Cell.of(snapshot.number("versions")),
          Cell.of(Style.STRONG, snapshot.number("sequence") == head ? "served" : ""));
    }
    terminal().table(table);
    if (table.isEmpty()) {
      terminal()
          .line("there is no snapshot here; 'bundle export' makes one, 'bundle import' takes one");
    }
    return ExitCode.DONE;
  }
}
