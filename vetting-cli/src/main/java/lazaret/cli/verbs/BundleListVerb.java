package lazaret.cli.verbs;

import java.util.List;
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
    header = "List snapshots and revocations",
    footer = {"Examples:", "  vetting-cli bundle list"},
    exitCodeList = {"0:success", "3:gate unavailable"})
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
    Table table =
        new Table("SNAPSHOT", "KIND", "CREATED", "STORED SINCE", "CRATES", "VERSIONS", "");
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
    revocations(all.objects("revocations"));
    if (table.isEmpty()) {
      terminal()
          .line(
              "no snapshots; create one with 'bundle export', or import one with 'bundle import'");
    }
    return ExitCode.DONE;
  }

  private void revocations(List<JsonObject> revocations) {
    Table table = new Table("REVOCATION", "STORED SINCE", "DENIES", "");
    for (JsonObject revocation : revocations) {
      table.row(
          Cell.of(Style.STRONG, revocation.words("number")),
          Cell.of(Moments.minute(revocation.words("at"))),
          Cell.of("%d versions".formatted(revocation.number("versions"))),
          Cell.of(Style.STRONG, "in force"));
    }
    terminal().table(table);
  }
}
