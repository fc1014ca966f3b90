package lazaret.cli.review;

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
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `who`, which lists the clients or lockfiles that have a version.
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
public final class WhoVerb extends Verb {
  @Parameters(paramLabel = "NAME@VERSION", description = "One exact version.")
  String spec = "";

  public WhoVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
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
    TextTable table = new TextTable("TOKEN", "ADDRESS", "FIRST", "LAST", "TIMES");
    for (JsonObject holder : holders) {
      table.row(
          Cell.of(TextStyle.STRONG, holder.words("token")),
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
    TextTable table = new TextTable("LOCKFILE", "SHA-256", "TOKEN", "ADDRESS", "FIRST", "LAST");
    for (JsonObject lockfile : lockfiles) {
      table.row(
          Cell.of(TextStyle.STRONG, lockfile.words("name")),
          Cell.of(lockfile.words("sha256")),
          Cell.of(lockfile.words("token")),
          Cell.of(lockfile.words("address")),
          Cell.of(Timestamps.minute(lockfile.words("first"))),
          Cell.of(Timestamps.minute(lockfile.words("last"))));
    }
    terminal().table(table);
  }
}
