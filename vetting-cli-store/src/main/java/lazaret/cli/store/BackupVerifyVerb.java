package lazaret.cli.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import lazaret.cli.command.CliSession;
import lazaret.cli.command.Verb;
import lazaret.cli.desk.InProcessTransport;
import lazaret.cli.report.Cell;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TextStyle;
import lazaret.storage.backup.BackupArchive;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.rocks.RocksOptions;
import lazaret.storage.rocks.RocksStore;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.StoreOperations;
import lazaret.vetting.deskapi.client.DeskClient;
import lazaret.vetting.deskapi.store.FsckReply;
import lazaret.vetting.deskapi.store.FsckRequest;
import lazaret.vetting.gate.store.Snapshots;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.StateTree;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `backup verify`, which restores a backup into a temporary store and checks it.
@Command(
    name = "verify",
    header = "Restore a backup into a temporary store and check it",
    description = {
      "",
      "The backup is read whole: digests of its files, the SHA-256 of each artifact, the chain of"
          + " the ledger. The restored store is checked as by 'fsck', and the state roots of its"
          + " snapshots are computed. It takes as much disk space as the store, and is removed at"
          + " the end.",
      "",
      "Damaged files of an archive are renamed to end with '.damaged'. The next backup writes them"
          + " again, if the store still has their content."
    },
    footer = {
      "Examples:",
      "  vetting-cli backup verify /backup/lazaret-2026-11-24",
      "  vetting-cli backup verify /backup/lazaret.archive --work /srv/scratch"
    },
    exitCodeList = {
      "0:complete and sound",
      "3:the backup cannot be read, or there is no space to restore it",
      "4:incomplete or damaged"
    })
final class BackupVerifyVerb extends Verb {
  @Parameters(
      paramLabel = "BACKUP",
      description = "Folder that 'backup' wrote, or the manifest of a state of an archive.")
  Path backup = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Folder for the temporary store. Default: that of the system.")
  @Nullable Path work;

  BackupVerifyVerb(CliSession session) {
    super(session);
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public Target asks() {
    return Target.NOBODY;
  }

  /// The JSON of the check.
  ///
  /// @param faults one sentence each; empty if the backup is sound
  private record Verified(
      boolean clean, long crates, long artifacts, long ledgerEntries, List<String> faults) {}

  @Override
  public ExitCode run() {
    Verified verified = run("verifying the backup", this::verified);
    if (session().json()) {
      terminal().json(verified);
    } else {
      verified.faults().forEach(fault -> terminal().line(Cell.of(TextStyle.BAD, fault)));
      terminal()
          .line(
              verified.clean()
                  ? Cell.of(TextStyle.GOOD, "sound: ")
                  : Cell.of(TextStyle.BAD, verified.faults().size() + " faults: "),
              Cell.of(
                  "%d crates, %d artifacts, %d ledger entries restored and checked"
                      .formatted(
                          verified.crates(), verified.artifacts(), verified.ledgerEntries())));
    }
    return verified.clean() ? ExitCode.DONE : ExitCode.TAMPERED;
  }

  private Verified verified() {
    Path parent =
        work == null
            ? Path.of(Objects.requireNonNullElse(System.getProperty("java.io.tmpdir"), "/tmp"))
            : session().around().path(work);
    try {
      Path scratch = Files.createTempDirectory(parent, "lazaret-verify");
      try {
        // Neither the variables nor the files of this machine: they could name the store of a
        // server.
        Path none = Files.createFile(scratch.resolve("empty.toml"));
        return verified(scratch.resolve("data"), Map.of("LAZARET_CONFIG", none.toString()));
      } finally {
        FileTrees.delete(scratch);
      }
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot verify the backup: %s; name a folder with --work DIR"
              .formatted(PrivateFiles.describe(e)),
          e);
    }
  }

  private Verified verified(Path data, Map<String, String> variables) {
    restore(session().around().path(backup), data);
    List<String> faults = new ArrayList<>();
    try (Store store = RocksStore.open(data, RocksOptions.DEFAULT, session().around().clock())) {
      rootFaults(store.snapshots(), faults);
    }
    try (var desk =
        new DeskClient(
            InProcessTransport.open(
                data, session().around().user(), session().around().clock(), variables))) {
      FsckReply checked =
          DeskClient.value(
              desk.reply(StoreOperations.FSCK, new FsckRequest(false, false)),
              "cannot check the restored store");
      faults.addAll(checked.faults());
      return new Verified(
          faults.isEmpty(),
          checked.crates(),
          checked.artifacts(),
          checked.ledgerEntries(),
          List.copyOf(faults));
    }
  }

  /// Restores the backup. If it is damaged, the next one does not use its damaged files.
  private static void restore(Path backup, Path data) {
    try {
      RocksStore.restore(backup, data);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      int damaged = BackupArchive.setDamagedAside(backup);
      if (damaged == 0) {
        throw e;
      }
      throw new StoreException(
          ErrorCode.STORE_CORRUPT,
          "%s; damaged files renamed to end with '.damaged': %d, the next backup writes them again"
              .formatted(e.getMessage(), damaged),
          e);
    }
  }

  private static void rootFaults(Snapshots snapshots, List<String> faults) {
    for (SnapshotInfo info : snapshots.all()) {
      var tree = new StateTree();
      try (Stream<Snapshots.Leaf> leaves = snapshots.leaves(info.sequence())) {
        leaves.forEachOrdered(leaf -> tree.add(leaf.hash()));
      }
      if (!tree.root().equals(info.stateRoot())) {
        faults.add(
            "snapshot %d has the state root %s, expected %s"
                .formatted(info.sequence(), tree.root().hex(), info.stateRoot().hex()));
      }
    }
  }
}
