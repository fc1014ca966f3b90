package lazaret.cli.store;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextTable;
import lazaret.cli.report.Timestamps;
import lazaret.storage.backup.BackupArchive;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `backup list`, which lists the states of an archive.
@Command(
    name = "list",
    header = "List the backups in an archive on this machine",
    footer = {"Examples:", "  vetting-cli backup list /backup/lazaret.archive"},
    exitCodeList = {"0:success", "3:no archive, or not readable", "4:a damaged manifest"})
final class BackupListVerb extends Verb {
  @Parameters(
      paramLabel = "ARCHIVE-FOLDER",
      description = "Folder whose name ends with '.archive'.")
  Path archive = Path.of("");

  BackupListVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of the list.
  ///
  /// @param states the backups, oldest first
  private record Listed(List<State> states) {}

  /// The JSON of a backup.
  ///
  /// @param manifest the file that `restore` takes
  /// @param bytes the size of its records, without artifacts
  private record State(String created, String manifest, long bytes, long ledgerEntries) {}

  @Override
  public ExitCode run() {
    List<BackupArchive.State> states = BackupArchive.states(session().around().path(archive));
    if (session().json()) {
      terminal()
          .json(
              new Listed(
                  states.stream()
                      .map(
                          state ->
                              new State(
                                  state.created().toString(),
                                  state.file().toString(),
                                  state.bytes(),
                                  state.ledgerSequence()))
                      .toList()));
      return ExitCode.DONE;
    }
    TextTable table = new TextTable("BACKUP OF", "LEDGER", "RECORDS", "MANIFEST");
    for (BackupArchive.State state : states) {
      table.row(
          Cell.of(Timestamps.minute(state.created())),
          Cell.of(state.ledgerSequence() + " entries"),
          Cell.of(SizeText.text(state.bytes())),
          Cell.of(state.file()));
    }
    terminal().table(table);
    if (states.isEmpty()) {
      terminal().line("no backup into this archive was finished");
    }
    return ExitCode.DONE;
  }
}
