package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.record.CommitRow;
import lazaret.storage.rocks.files.DatabaseFileLinks;
import lazaret.storage.rocks.files.DatabaseManifestCopy;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.storage.rocks.files.HeadFile;
import lazaret.storage.rocks.files.LostRows;
import lazaret.storage.rocks.files.WriteAheadLogScan;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreCondition;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.ledger.LedgerEntry;
import org.rocksdb.RocksDBException;

/// The creation of the database of a store, and its opening with all checks.
final class DatabaseOpener {
  private static final System.Logger LOG = System.getLogger(DatabaseOpener.class.getName());

  private DatabaseOpener() {}

  /// Creates an empty database with the schema next to its place, and moves it there when it is
  /// complete. A crash before that leaves nothing that looks like a store.
  ///
  /// @param now the time at which the numbering of commits begins
  static void create(DataFolder folder, RocksOptions options, Instant now) {
    Path fresh = folder.freshDatabase();
    try (OpenDatabase made =
        OpenDatabase.open(fresh, options, OpenDatabase.Making.DATABASE, false)) {
      made.db.put(made.handle(ColumnFamily.META), made.synced, RowKeys.SCHEMA, RowKeys.schema());
      number(made, new CommitRow(0, 0, now));
    } catch (RocksDBException e) {
      throw StoreFailures.of("make", fresh, e);
    }
    try (HeadFile head = HeadFile.in(folder.path())) {
      head.write(new HeadFile.Head(0, 0, LedgerEntry.GENESIS, now));
    }
    folder.adoptFreshDatabase();
  }

  private static void number(OpenDatabase open, CommitRow row) throws RocksDBException {
    open.db.put(
        open.handle(ColumnFamily.COMMITS),
        open.synced,
        RowKeys.sequence(row.commit()),
        row.encode());
  }

  /// A database that was opened, and the result of its comparison with the last acknowledged write.
  ///
  /// @param faults empty if all acknowledged writes exist
  record Opened(OpenDatabase database, HeadFile head, List<StoreFault> faults) {}

  /// Opens the database of a claimed folder, creates it if it is missing, and marks the folder as
  /// that of an open store.
  ///
  /// @param room the disk space of the folder; it is prepared first
  /// @throws StoreException as [#open]; the database is closed then
  static Opened take(DataFolder folder, RocksOptions options, DiskSpace room, Instant now) {
    if (!folder.holdsStore()) {
      create(folder, options, now);
    }
    room.prepareOpening();
    Opened opened = compare(folder, options, room, now);
    try {
      folder.writeMarker();
      DatabaseRights.close(folder);
      folder.forgetArriving();
      room.opened();
      return opened;
    } catch (RuntimeException e) {
      opened.database().close();
      throw e;
    }
  }

  /// Opens the database of a folder and compares it with the last acknowledged write.
  ///
  /// @throws StoreException as [#open]
  private static Opened compare(
      DataFolder folder, RocksOptions options, DiskSpace room, Instant now) {
    HeadFile head = HeadFile.in(folder.path());
    Optional<WriteAheadLogScan.Tear> tear = WriteAheadLogScan.first(folder.database());
    DatabaseFileLinks.keep(folder.database(), folder.before());
    OpenDatabase open = open(folder, options, room);
    try {
      List<StoreFault> faults = new ArrayList<>(faults(open, head, now));
      faults.addAll(LostRows.in(folder.path()));
      report(tear, faults);
      if (faults.isEmpty()) {
        DatabaseFileLinks.forget(folder.before());
      }
      return new Opened(open, head, faults);
    } catch (RocksDBException e) {
      open.close();
      throw StoreFailures.of("open", folder.database(), e);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  private static void report(Optional<WriteAheadLogScan.Tear> tear, List<StoreFault> faults) {
    if (!faults.isEmpty()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}{1}",
          new StoreCondition(faults).refusal(),
          tear.map(found -> "; " + found).orElse(""));
    } else if (tear.isPresent()) {
      LOG.log(System.Logger.Level.WARNING, "{0}; no acknowledged write is missing", tear.get());
    }
  }

  private static List<StoreFault> faults(OpenDatabase open, HeadFile head, Instant now)
      throws RocksDBException {
    if (!LossCheck.numbered(open) && adopts(open, head, now)) {
      return List.of();
    }
    List<StoreFault> faults = LossCheck.run(open, head);
    if (faults.isEmpty()) {
      LossCheck.forget(open, LossCheck.end(open, now).commit());
    }
    return faults;
  }

  /// Starts to number the commits of a store that an earlier version wrote, and returns whether it
  /// did. If the recorded head differs from the end of the ledger or cannot be read, nothing is
  /// changed: an older copy of the store may have been restored.
  private static boolean adopts(OpenDatabase open, HeadFile head, Instant now)
      throws RocksDBException {
    HeadFile.Head end = LossCheck.end(open, now);
    Optional<HeadFile.Head> before = head.head();
    if (before.isPresent() ? !before.get().hash().equals(end.hash()) : head.exists()) {
      return false;
    }
    head.write(end);
    number(open, new CommitRow(end.commit(), end.sequence(), now));
    LOG.log(
        System.Logger.Level.INFO,
        "the last acknowledged write is recorded outside of the database from ledger entry {0} on",
        Long.toString(end.sequence()));
    return true;
  }

  /// Opens the database of a folder.
  ///
  /// @throws StoreException with code `store-unusable` if it belongs to another program or a newer
  ///   version
  static OpenDatabase open(DataFolder folder, RocksOptions options, DiskSpace room) {
    Path database = folder.database();
    checkList(database);
    try {
      List<String> families = OpenDatabase.families(database);
      checkFamilies(folder, families);
      // A damaged manifest may seem to have no families; adding the store's own would make it
      // worse.
      OpenDatabase open =
          OpenDatabase.open(
              database,
              options,
              families.contains(ColumnFamily.META.label())
                  ? OpenDatabase.Making.FAMILIES
                  : OpenDatabase.Making.NOTHING,
              room.isShort());
      try {
        checkSchema(folder, open);
        return open;
      } catch (RocksDBException | RuntimeException e) {
        open.close();
        throw e;
      }
    } catch (RocksDBException e) {
      // RocksDB has a lock of its own, which tools of RocksDB use too.
      if (String.valueOf(e.getMessage()).contains(database.resolve("LOCK").toString())) {
        throw StoreFailures.unusable(
            folder.path(), "another process holds its database; stop that process", e);
      }
      if (StoreFailures.isForeign(e)) {
        throw StoreFailures.unusable(
            folder.path(), "its database is another program's; name another folder", e);
      }
      throw StoreFailures.of("open", database, e);
    }
  }

  /// Refuses a damaged list of files: RocksDB would delete the files that it lacks.
  private static void checkList(Path database) {
    try {
      Optional<String> distrust = new DatabaseManifestCopy(database).distrust();
      if (distrust.isPresent()) {
        throw new StoreException(
            ErrorCode.STORE_CORRUPT,
            "cannot open the store in '%s': %s; run 'vetting-cli fsck --repair' with --data-dir"
                .formatted(database, distrust.get()),
            null);
      }
    } catch (IOException e) {
      throw StoreFailures.unusable(database, PrivateFiles.describe(e), e);
    }
  }

  private static void checkFamilies(DataFolder folder, List<String> found) {
    List<String> known = Arrays.stream(ColumnFamily.values()).map(ColumnFamily::label).toList();
    List<String> unknown =
        found.stream().filter(label -> !label.equals("default") && !known.contains(label)).toList();
    if (!unknown.isEmpty()) {
      throw StoreFailures.unusable(
          folder.path(),
          "its database has content that this version cannot read (%s): a newer version wrote it; run that version"
              .formatted(String.join(", ", unknown)),
          null);
    }
  }

  private static void checkSchema(DataFolder folder, OpenDatabase open) throws RocksDBException {
    byte[] schema = open.db.get(open.handle(ColumnFamily.META), open.fromDisk, RowKeys.SCHEMA);
    if (schema == null) {
      throw StoreFailures.unusable(
          folder.path(), "its database is another program's; name another folder", null);
    }
    folder.checkSchema(new String(schema, StandardCharsets.US_ASCII));
  }
}
