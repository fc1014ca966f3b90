package lazaret.cli.admin;

import java.nio.file.Path;
import java.util.List;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.cli.desk.CliException;
import lazaret.cli.report.Cell;
import lazaret.cli.report.TextStyle;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.store.BackupReply;
import lazaret.vetting.deskapi.store.BackupRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// The command `backup`, which copies the store while the server runs.
@Command(
    name = "backup",
    header = "Copy the store into a new folder while the gate runs",
    description = {
      "",
      "Tokens are not copied. The folder is on the server; for a server on another machine, name an"
          + " absolute path. It must be new or empty, or an archive: a folder whose name ends with"
          + " '.archive' takes many backups, of which each adds what changed."
    },
    footer = {
      "Examples:",
      "  vetting-cli backup /backup/lazaret-2026-11-24",
      "  vetting-cli backup /backup/lazaret.archive",
      "  vetting-cli restore /backup/lazaret-2026-11-24 --data-dir /srv/lazaret-again"
    },
    synopsisSubcommandLabel = "[list|prune|verify]",
    exitCodeList = {
      "0:copy complete, except for artifacts that a warning counts",
      "2:no folder is named, or it is a file or not empty",
      "3:gate unavailable, or folder not writable"
    })
public final class BackupVerb extends DeskVerb<BackupRequest, BackupReply> {
  @Parameters(
      paramLabel = "FOLDER",
      arity = "0..1",
      description = "A new or empty folder on the server, or an archive.")
  @Nullable Path folder;

  public BackupVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  protected Operation<BackupRequest, BackupReply> operation() {
    return StoreOperations.BACKUP;
  }

  @Override
  protected BackupRequest request() {
    if (folder == null) {
      // Not demanded by Picocli, which would demand it of the verbs below this one, too.
      throw new CliException(
          ErrorCode.MALFORMED_INPUT, "cannot run 'backup': " + missing(List.of("FOLDER")));
    }
    return new BackupRequest(
        new ServerPath(session().around().path(folder).toAbsolutePath().toString()));
  }

  @Override
  protected String attempt() {
    return "cannot back up to " + folder;
  }

  @Override
  protected Reply<BackupReply> reply() {
    return awaited("copying the store", "backup", super::reply);
  }

  @Override
  protected void print(BackupReply reply) {
    terminal().line("backed up to " + reply.folder() + ", without tokens");
    if (reply.omitted() > 0) {
      terminal()
          .line(
              Cell.of(
                  TextStyle.WARN,
                  ("warning: %d artifacts could not be read and were left out; the next backup adds"
                          + " them once they can be read, and 'vetting-cli fsck' names damaged ones")
                      .formatted(reply.omitted())));
    }
  }
}
