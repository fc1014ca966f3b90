package lazaret.cli.admin;

import java.nio.file.Path;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.DeskVerb;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.bundles.ServerPath;
import lazaret.vetting.deskapi.store.BackupReply;
import lazaret.vetting.deskapi.store.BackupRequest;
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
public final class BackupVerb extends DeskVerb<BackupRequest, BackupReply> {
  @Parameters(paramLabel = "FOLDER", description = "A new or empty folder on the server.")
  Path folder = Path.of("");

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
  }
}
