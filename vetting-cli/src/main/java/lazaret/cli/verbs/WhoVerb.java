package lazaret.cli.verbs;

import java.util.List;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.Moments;
import lazaret.cli.report.Style;
import lazaret.cli.report.Table;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "who",
    header = "List the clients and lockfiles that have a version",
    description = {
      "",
      "Lockfiles are those that verify, prefetch, approve, closure and review sent to the gate,"
          + " with the SHA-256 of their text; 'sha256sum Cargo.lock' finds the project."
    },
    footer = {"Examples:", "  vetting-cli who arrayref@0.3.10"},
    exitCodeList = {
      "0:success, even if no client has it",
      "2:no exact version",
      "3:gate unavailable"
    })
final class WhoVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String spec = "";

  WhoVerb(Session session) {
    super(session);
  }

  @Override
  ExitCode run() {
    CrateSpec wanted = CrateSpec.parse(spec);
    if (wanted.version() == null) {
      throw new MalformedException(
          "expected NAME@VERSION with a full version, found '" + spec + "'");
    }
    JsonObject radius =
        desk()
            .ask(
                "cannot list the clients that have " + spec,
                DeskQuestion.get(DeskQuestion.path("who", wanted.name(), wanted.version()))
                    .patient(DeskQuestion.LONG_PATIENCE));
    if (session().json()) {
      terminal().json(radius);
      return ExitCode.DONE;
    }
    List<JsonObject> holders = radius.objects("holders");
    if (holders.isEmpty()) {
      terminal().line("no client has it");
    }
    Table table = new Table("TOKEN", "ADDRESS", "FIRST", "LAST", "TIMES");
    for (JsonObject holder : holders) {
      table.row(
          Cell.of(Style.STRONG, holder.words("token")),
          Cell.of(holder.words("address")),
          Cell.of(holder.words("first")),
          Cell.of(holder.words("last")),
          Cell.of(holder.number("count")));
    }
    terminal().table(table);
    if (radius.number("more") > 0) {
      terminal().line("and " + radius.number("more") + " more");
    }
    lockfiles(radius.objects("lockfiles"));
    return ExitCode.DONE;
  }

  private void lockfiles(List<JsonObject> lockfiles) {
    Table table = new Table("LOCKFILE", "SHA-256", "TOKEN", "ADDRESS", "FIRST", "LAST");
    for (JsonObject lockfile : lockfiles) {
      table.row(
          Cell.of(Style.STRONG, lockfile.words("name")),
          Cell.of(lockfile.words("sha256")),
          Cell.of(lockfile.words("token")),
          Cell.of(lockfile.words("address")),
          Cell.of(Moments.minute(lockfile.words("first"))),
          Cell.of(Moments.minute(lockfile.words("last"))));
    }
    terminal().table(table);
  }
}
