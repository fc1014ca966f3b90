package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lazaret.storage.files.FileTrees;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.rocks.DamagedTables.Table;
import lazaret.storage.rocks.files.BlobFile;
import lazaret.storage.rocks.files.DatabaseManifest;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.storage.rocks.files.LostRows;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.RunningOperation;
import lazaret.vetting.gate.store.StoreException;
import org.rocksdb.RocksDBException;

/// The repair of a store that no server uses, until its database opens again. A damaged list of
/// files is replaced by its copy. Damaged tables are dropped from it, and [RowRepair] restores
/// those of their rows that can be verified. If there is no list of files at all, a new database is
/// filled from the remaining tables. Replaced files stay in `store.damaged` in the data folder
/// until the next repair. Not thread-safe; blocks on the disk.
public final class StoreRepair {
  /// The name of the folder for replaced files.
  static final String ASIDE = "store.damaged";

  private final DataFolder folder;
  private final RocksOptions options;
  private final Clock clock;
  private final Path database;
  private final Path aside;
  private final List<String> mended = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();

  private StoreRepair(DataFolder folder, RocksOptions options, Clock clock) {
    this.folder = folder;
    this.options = options;
    this.clock = clock;
    this.database = folder.database();
    this.aside = folder.path().resolve(ASIDE);
  }

  /// Repairs the store in a folder. Decisions are restored from the copy of the ledger, artifacts
  /// from their bytes; data that can be fetched or made again is dropped. The phases are those of
  /// the operation of this thread.
  ///
  /// @param folder the data folder
  /// @param clock dates restored rows
  /// @return the actions and the losses
  /// @throws StoreException with code `store-unusable` if the folder contains no store or a server
  ///   uses it; `store-failed` or `disk-full` if the repair cannot write
  public static RepairReport run(Path folder, Clock clock) {
    DataFolder claimed = DataFolder.claimForRepair(folder);
    try {
      return new StoreRepair(claimed, RocksOptions.DEFAULT, clock).run();
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_FAILED,
          "cannot repair the store in '%s': %s; look at the log of the operating system"
              .formatted(claimed.path(), PrivateFiles.describe(e)),
          e);
    } finally {
      claimed.close();
    }
  }

  private RepairReport run() throws IOException {
    FileTrees.delete(aside);
    mendList();
    Optional<List<Table>> damaged = damaged();
    if (damaged.isEmpty() && mendListAgain()) {
      damaged = damaged();
    }
    if (damaged.isPresent() && !opens(damaged.get())) {
      damaged = Optional.empty();
    }
    Set<ColumnFamily> touched = EnumSet.noneOf(ColumnFamily.class);
    if (damaged.isEmpty()) {
      rebuild();
      touched.addAll(EnumSet.allOf(ColumnFamily.class));
    } else {
      damaged.get().forEach(table -> touched.add(table.family()));
    }
    restoreRows(damaged.orElse(List.of()), touched, damaged.isEmpty());
    if (isEmpty(aside)) {
      FileTrees.delete(aside);
    }
    LostRows.add(folder.path(), lost);
    return new RepairReport(mended, dropped, lost);
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private void makeAside() throws IOException {
    if (!Files.isDirectory(aside)) {
      PrivateFiles.createFolders(aside);
    }
  }

  private void mendList() throws IOException {
    if (new DatabaseManifestCopy(database).distrust().isPresent()) {
      keepAside(DatabaseManifest.CURRENT);
      for (Path manifest : DatabaseManifest.all(database)) {
        keepAside(manifest.getFileName().toString());
      }
      new DatabaseManifestCopy(database).mend().ifPresent(mended::add);
    }
  }

  /// Replaces a list that seemed intact but cannot be used; the copy may be better.
  private boolean mendListAgain() throws IOException {
    Optional<String> done = new DatabaseManifestCopy(database).mend();
    done.ifPresent(mended::add);
    return done.isPresent();
  }

  private void keepAside(String name) throws IOException {
    Path file = database.resolve(name);
    if (Files.isRegularFile(file)) {
      makeAside();
      Files.copy(file, aside.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Returns the tables that are damaged; empty if the list of files cannot be read.
  private Optional<List<Table>> damaged() throws IOException {
    try {
      return Optional.of(DamagedTables.find(database));
    } catch (RocksDBException e) {
      if (StoreFailures.isDiskFull(e)) {
        throw StoreFailures.of("read", database, e);
      }
      return Optional.empty();
    }
  }

  /// Drops tables from the list of files, and returns whether the database then opens.
  private boolean opens(List<Table> damaged) throws IOException {
    Path manifest = DatabaseManifest.current(database).orElse(null);
    if (manifest == null) {
      return false;
    }
    if (damaged.stream().anyMatch(t -> t.family() == ColumnFamily.ARTIFACTS)) {
      // RocksDB removes blob files to which no table refers; their artifacts are read from there.
      linkBlobs();
    }
    if (!damaged.isEmpty()) {
      keepAside(manifest.getFileName().toString());
      for (Table table : damaged) {
        if (Files.isRegularFile(table.file())) {
          makeAside();
          Files.move(
              table.file(),
              aside.resolve(table.file().getFileName()),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      DatabaseManifest.drop(manifest, damaged.stream().map(Table::drop).toList());
      PrivateFiles.syncFolder(database);
    }
    try (OpenDatabase open =
        OpenDatabase.open(database, options, OpenDatabase.Making.FAMILIES, false)) {
      return open.db.get(open.handle(ColumnFamily.META), open.fromDisk, RowKeys.SCHEMA) != null
          || restoreSchema(open);
    } catch (RocksDBException e) {
      if (StoreFailures.isDiskFull(e)) {
        throw StoreFailures.of("open", database, e);
      }
      return false;
    }
  }

  private static boolean restoreSchema(OpenDatabase open) throws RocksDBException {
    open.db.put(open.handle(ColumnFamily.META), open.synced, RowKeys.SCHEMA, RowKeys.schema());
    return true;
  }

  private void linkBlobs() throws IOException {
    makeAside();
    try (Stream<Path> files = Files.list(database)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".blob")).toList()) {
        Path link = aside.resolve(file.getFileName());
        Files.deleteIfExists(link);
        Files.createLink(link, file);
      }
    }
  }

  /// Creates an empty database in the place of one whose list of files is lost.
  private void rebuild() throws IOException {
    if (Files.isDirectory(database)) {
      makeAside();
      try (Stream<Path> files = Files.list(database)) {
        for (Path file : files.toList()) {
          Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      FileTrees.delete(database);
    }
    new DatabaseManifestCopy(database).forget();
    DatabaseOpener.create(folder, options, clock.instant());
    lost.add(
        "the list of the store's files and its copy; rows were read from the tables that are left, and what was only in the write-ahead log is missing");
  }

  private void restoreRows(List<Table> damaged, Set<ColumnFamily> touched, boolean rebuilt)
      throws IOException {
    RunningOperation operation = RunningOperation.current();
    try (OpenDatabase open =
        OpenDatabase.open(database, options, OpenDatabase.Making.FAMILIES, false)) {
      var rows = new RowRepair(open, clock, new RowRepair.Findings(mended, dropped, lost));
      if (rebuilt) {
        List<Path> tables = sorted(".sst");
        operation.begin("rows", tables.size(), "tables");
        for (Path table : tables) {
          rows.restore(table, true);
          operation.step();
        }
      }
      operation.begin("rows", damaged.size(), "tables");
      for (Table table : damaged) {
        long restored = rows.restore(aside.resolve(table.file().getFileName()), false);
        rows.report(table, restored);
        operation.step();
      }
      if (touched.contains(ColumnFamily.ARTIFACTS)) {
        List<Path> files = sorted(".blob");
        operation.begin("blobs", files.size(), "files");
        for (Path blobs : files) {
          BlobFile.read(blobs, rows::restoreArtifact);
          operation.step();
        }
      }
      operation.begin("ledger", 0);
      boolean ledger;
      try (LedgerCopy copy = LedgerCopy.in(folder.path())) {
        ledger = rows.restoreLedger(copy);
      }
      rows.makeAgain(touched, ledger);
      rows.checkArtifacts(touched);
      if (touched.contains(ColumnFamily.HELD) || touched.contains(ColumnFamily.ARTIFACTS)) {
        UnrecordedArtifacts.drop(open);
      }
      open.flush();
    } catch (RocksDBException e) {
      throw StoreFailures.of("repair", database, e);
    }
  }

  /// Returns the replaced files, oldest first.
  private List<Path> sorted(String suffix) throws IOException {
    if (!Files.isDirectory(aside)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(aside)) {
      return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
