package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.storage.rocks.files.DatabaseManifest;
import lazaret.vetting.gate.store.RunningOperation;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/// The tables of a closed database that are missing or damaged. Their checksums show it, and their
/// rows are read as far as possible.
final class DamagedTables {
  private DamagedTables() {}

  /// A table that is missing or damaged.
  ///
  /// @param file its location, also if it is missing
  /// @param entries the number of its rows
  /// @param keys its first and last key, printable
  /// @param why the state of the file
  record Table(
      ColumnFamily family,
      DatabaseManifest.Drop drop,
      Path file,
      long entries,
      String keys,
      String why) {
    String name() {
      return "table " + file.getFileName() + " of '" + family.label() + "'";
    }
  }

  /// Returns the tables that the manifest of a database names and that are missing or damaged.
  ///
  /// @throws RocksDBException if the manifest cannot be read
  static List<Table> find(Path database) throws RocksDBException, IOException {
    RocksDB.loadLibrary();
    List<Table> damaged = new ArrayList<>();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    try (var options = new DBOptions().setParanoidChecks(false);
        var plain = new ColumnFamilyOptions()) {
      List<String> labels = OpenDatabase.families(database);
      if (!labels.contains("default") || !labels.contains(ColumnFamily.META.label())) {
        throw new RocksDBException("the list of files names no families of a store");
      }
      for (String label : labels) {
        families.add(new ColumnFamilyDescriptor(label.getBytes(StandardCharsets.UTF_8), plain));
      }
      try (RocksDB db = RocksDB.openReadOnly(options, database.toString(), families, handles)) {
        Map<String, Integer> numbers = numbers(handles);
        List<LiveFileMetaData> tables = db.getLiveFilesMetaData();
        RunningOperation operation = RunningOperation.current();
        operation.begin("tables", tables.size());
        for (LiveFileMetaData table : tables) {
          String label = new String(table.columnFamilyName(), StandardCharsets.UTF_8);
          Optional<ColumnFamily> family =
              Arrays.stream(ColumnFamily.values()).filter(f -> f.label().equals(label)).findFirst();
          Integer number = numbers.get(label);
          if (family.isPresent() && number != null) {
            check(family.get(), number, database, table).ifPresent(damaged::add);
          }
          operation.step();
        }
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
    return List.copyOf(damaged);
  }

  private static Map<String, Integer> numbers(List<ColumnFamilyHandle> handles)
      throws RocksDBException {
    Map<String, Integer> numbers = new HashMap<>();
    for (ColumnFamilyHandle handle : handles) {
      numbers.put(new String(handle.getName(), StandardCharsets.UTF_8), handle.getID());
    }
    return numbers;
  }

  private static Optional<Table> check(
      ColumnFamily family, int number, Path database, LiveFileMetaData table) throws IOException {
    String name = table.fileName().replaceFirst("^/", "");
    Path file = database.resolve(name);
    String why = why(family, file, table.size());
    if (why == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Table(
            family,
            new DatabaseManifest.Drop(
                number, table.level(), Long.parseLong(name.replace(".sst", ""))),
            file,
            table.numEntries(),
            printable(table.smallestKey()) + " to " + printable(table.largestKey()),
            why));
  }

  private static @Nullable String why(ColumnFamily family, Path file, long expected)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      return "is missing";
    }
    if (Files.size(file) != expected) {
      return "has %d bytes, expected %d".formatted(Files.size(file), expected);
    }
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(file.toString());
      // Blocks of tables from bulk imports are artifacts, which are checked one by one.
      if (family != ColumnFamily.CARRIED) {
        reader.verifyChecksum();
      }
      return null;
    } catch (RocksDBException e) {
      return "is damaged: " + e.getMessage();
    }
  }

  /// A consumer of rows.
  interface Rows {
    /// Receives a row of a family.
    void row(ColumnFamily family, byte[] key, byte[] value) throws RocksDBException;
  }

  /// Reads the rows of a table, and skips damaged blocks.
  ///
  /// @return the number of rows that were read
  static long read(Path file, Rows rows) throws RocksDBException {
    if (!Files.isRegularFile(file)) {
      return 0;
    }
    long count = 0;
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(file.toString());
      ColumnFamily family = family(reader).orElse(null);
      if (family == null) {
        return 0;
      }
      try (var checked = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
          SstFileReaderIterator at = reader.newIterator(checked)) {
        at.seekToFirst();
        byte[] last = RowKeys.EMPTY;
        while (at.isValid() || passed(at, last)) {
          byte[] key = at.key();
          if (Arrays.compareUnsigned(key, last) > 0 || last.length == 0) {
            rows.row(family, key, at.value());
            last = key;
            count++;
          }
          at.next();
        }
      }
    } catch (RocksDBException e) {
      if (StoreFailures.isDiskFull(e)) {
        throw e;
      }
      // The rest of the table cannot be read.
    }
    return count;
  }

  /// Returns the family that a table names. Tables from bulk imports were written outside of the
  /// database and name none.
  private static Optional<ColumnFamily> family(SstFileReader reader) throws RocksDBException {
    byte[] name = reader.getTableProperties().getColumnFamilyName();
    String label = name == null ? "" : new String(name, StandardCharsets.UTF_8);
    return label.isEmpty()
        ? Optional.of(ColumnFamily.CARRIED)
        : Arrays.stream(ColumnFamily.values()).filter(f -> f.label().equals(label)).findFirst();
  }

  /// Moves an iterator past a damaged block. The first key of the next block is unknown, so that
  /// ever larger keys are tried.
  private static boolean passed(SstFileReaderIterator at, byte[] last) {
    if (isAtEnd(at)) {
      return false;
    }
    byte[] from = last.length == 0 ? new byte[2] : last;
    for (int place = from.length - 1; place >= 0; place--) {
      for (int next = (from[place] & 0xFF) + 1; next <= 0xFF; next++) {
        byte[] key = Arrays.copyOf(from, place + 1);
        key[place] = (byte) next;
        at.seek(key);
        if (at.isValid() && Arrays.compareUnsigned(at.key(), last) > 0) {
          return true;
        }
        if (isAtEnd(at)) {
          return false;
        }
      }
    }
    return false;
  }

  private static boolean isAtEnd(SstFileReaderIterator at) {
    try {
      at.status();
      return !at.isValid();
    } catch (RocksDBException _) {
      return false;
    }
  }

  private static String printable(byte[] key) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < Math.min(key.length, 40); i++) {
      char c = (char) (key[i] & 0xFF);
      out.append(c > ' ' && c < 0x7F ? Character.toString(c) : "%%%02x".formatted((int) c));
    }
    return out.toString();
  }
}
