package lazaret.cli.admin;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.DeskQuestion;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.JsonObject;
import lazaret.cli.report.WaitLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `backup`, which copies the store while the server runs.
@Command(
    name = "backup",
    header = "Copy the store into a new folder while the gate runs",
    description = {
      "",
      "Tokens are not copied. The folder is on the server; for a server on another machine, name an"
          + " absolute path. It must be new or empty."
    },
    footer = {
      "Examples:",
      "  vetting-cli backup /backup/lazaret-2026-11-24",
      "  vetting-cli restore /backup/lazaret-2026-11-24 --data-dir /srv/lazaret-again"
    },
    exitCodeList = {
      "0:copy complete",
      "2:the folder is a file or not empty",
      "3:gate unavailable, or folder not writable"
    })
public final class BackupVerb extends Verb {
  @Parameters(paramLabel = "FOLDER", description = "A new or empty folder on the server.")
  Path folder = Path.of("");

  public BackupVerb(CliSession session) {
    super(session);
  }

  @Override
  public ExitCode run() {
    JsonObject order =
        JsonObject.builder()
            .put("folder", session().around().path(folder).toAbsolutePath().toString())
            .build();
    JsonObject done;
    try (WaitLine _ = waiting("copying the store", "backup")) {
      done =
          desk()
              .ask(
                  "cannot back up to " + folder,
                  DeskQuestion.post("/backup", order).patient(DeskQuestion.LONG_PATIENCE));
    }
    if (session().json()) {
      terminal().json(done);
    } else {
      terminal().line("backed up to " + done.words("folder") + ", without tokens");
    }
    return ExitCode.DONE;
  }
}
