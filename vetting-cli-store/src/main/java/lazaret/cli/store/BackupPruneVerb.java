package lazaret.cli.store;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.ExitCode;
import lazaret.storage.backup.BackupArchive;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.text.SizeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `backup prune`, which removes old states of an archive.
@Command(
    name = "prune",
    header = "Remove old backups from an archive on this machine",
    description = {
      "",
      "The newest backups stay, with all files that they need. Nothing is removed if one of them is"
          + " damaged."
    },
    footer = {"Examples:", "  vetting-cli backup prune /backup/lazaret.archive --keep 30"},
    exitCodeList = {
      "0:success",
      "2:--keep is missing or less than 1",
      "3:no archive, or a backup runs",
      "4:a backup that stays is damaged; nothing was removed"
    })
final class BackupPruneVerb extends Verb {
  @Parameters(
      paramLabel = "ARCHIVE-FOLDER",
      description = "Folder whose name ends with '.archive'.")
  Path archive = Path.of("");

  @Option(
      names = "--keep",
      required = true,
      paramLabel = "NUMBER",
      description = "Number of newest backups that stay, at least 1.")
  int keep;

  BackupPruneVerb(CliSession session) {
    super(session);
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of the removal.
  ///
  /// @param backups the number of removed backups
  /// @param files the number of removed files of records and artifacts
  /// @param bytes their size
  private record Pruned(int backups, long files, long bytes) {}

  @Override
  public ExitCode run() {
    if (keep < 1) {
      throw new CliException(
          ErrorCode.MALFORMED_INPUT,
          "cannot prune the archive: expected --keep of at least 1, found " + keep);
    }
    BackupArchive.Removed removed = BackupArchive.prune(session().around().path(archive), keep);
    if (session().json()) {
      terminal().json(new Pruned(removed.states(), removed.files(), removed.bytes()));
    } else {
      terminal()
          .line(
              "removed %d backups, %d files, %s"
                  .formatted(removed.states(), removed.files(), SizeText.text(removed.bytes())));
    }
    return ExitCode.DONE;
  }
}
