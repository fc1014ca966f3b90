package lazaret.storage.rocks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import lazaret.vetting.desk.StoreException;
import org.rocksdb.RocksDBException;

/// Makes the database of a store and opens it with all checks.
final class Opening {
  private Opening() {}

  /// Makes an empty database with the schema in it, beside its place, and moves it there when it is
  /// whole: a crash on the way leaves nothing that looks like a store.
  static void create(DataFolder folder, RocksOptions options) {
    Path fresh = folder.freshDatabase();
    try (OpenDatabase made = OpenDatabase.open(fresh, options, OpenDatabase.Making.DATABASE)) {
      made.db.put(
          made.handle(Family.META),
          made.synced,
          Keys.SCHEMA,
          Integer.toString(DataFolder.SCHEMA).getBytes(StandardCharsets.US_ASCII));
    } catch (RocksDBException e) {
      throw Faults.of("make", fresh, e);
    }
    folder.adoptFreshDatabase();
  }

  /// Opens the database of a folder.
  ///
  /// @throws StoreException with code `store-unusable` if it is another program's or a newer one's
  static OpenDatabase open(DataFolder folder, RocksOptions options) {
    Path database = folder.database();
    try {
      List<String> families = OpenDatabase.families(database);
      checkFamilies(folder, families);
      // A damaged manifest may look as if it had no families; to add ours would make it worse.
      OpenDatabase open =
          OpenDatabase.open(
              database,
              options,
              families.contains(Family.META.label())
                  ? OpenDatabase.Making.FAMILIES
                  : OpenDatabase.Making.NOTHING);
      try {
        checkSchema(folder, open);
        return open;
      } catch (RocksDBException | RuntimeException e) {
        open.close();
        throw e;
      }
    } catch (RocksDBException e) {
      // RocksDB has a lock of its own, which tools of RocksDB take too.
      if (String.valueOf(e.getMessage()).contains(database.resolve("LOCK").toString())) {
        throw Faults.unusable(
            folder.path(), "another process holds its database; stop that process", e);
      }
      if (Faults.isForeign(e)) {
        throw Faults.unusable(
            folder.path(), "its database is another program's; name another folder", e);
      }
      throw Faults.of("open", database, e);
    }
  }

  private static void checkFamilies(DataFolder folder, List<String> found) {
    List<String> known = Arrays.stream(Family.values()).map(Family::label).toList();
    List<String> unknown =
        found.stream().filter(label -> !label.equals("default") && !known.contains(label)).toList();
    if (!unknown.isEmpty()) {
      throw Faults.unusable(
          folder.path(),
          "its database has what this version does not know (%s): a newer version wrote it; run that version"
              .formatted(String.join(", ", unknown)),
          null);
    }
  }

  private static void checkSchema(DataFolder folder, OpenDatabase open) throws RocksDBException {
    byte[] schema = open.db.get(open.handle(Family.META), open.fromDisk, Keys.SCHEMA);
    if (schema == null) {
      throw Faults.unusable(
          folder.path(), "its database is another program's; name another folder", null);
    }
    folder.checkSchema(new String(schema, StandardCharsets.US_ASCII));
  }
}
