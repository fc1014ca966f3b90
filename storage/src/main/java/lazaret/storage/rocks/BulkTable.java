package lazaret.storage.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.vetting.gate.store.StoreException;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ChecksumType;
import org.rocksdb.CompressionType;
import org.rocksdb.EnvOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// A table under construction, outside of the database that ingests it. Not thread-safe; blocks on
/// the disk.
final class BulkTable implements AutoCloseable {
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final Path file;
  private final BloomFilter filter = new BloomFilter(10, false);
  private final EnvOptions environment = new EnvOptions();
  private final Options options = new Options();
  private final SstFileWriter writer;
  private byte[] last = RowKeys.EMPTY;

  private BulkTable(Path file) {
    this.file = file;
    environment.setBytesPerSync(1L << 20);
    options
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setFilterPolicy(filter)
                .setChecksumType(ChecksumType.kXXH3));
    writer = new SstFileWriter(environment, options);
  }

  /// Starts a table.
  ///
  /// @param folder the folder of the table until it is ingested
  /// @throws StoreException if the folder cannot be written to
  static BulkTable in(Path folder) {
    var table = new BulkTable(folder.resolve(NUMBERS.incrementAndGet() + ".sst"));
    try {
      table.writer.open(table.file.toString());
      return table;
    } catch (RocksDBException e) {
      table.close();
      throw StoreFailures.of("write to", folder, e);
    }
  }

  /// Returns whether a key is greater than all keys of the table.
  boolean takes(byte[] key) {
    return Arrays.compareUnsigned(last, key) < 0;
  }

  /// Adds a value.
  ///
  /// @param key greater than all others
  /// @throws StoreException if it cannot be written
  void put(byte[] key, byte[] value) {
    try {
      writer.put(key, value);
      last = key;
    } catch (RocksDBException e) {
      throw StoreFailures.of("write to", file, e);
    }
  }

  /// Ends the table, and returns its file, which is on disk.
  ///
  /// @throws StoreException if it cannot be written
  Path finish() {
    try {
      writer.finish();
      return file;
    } catch (RocksDBException e) {
      throw StoreFailures.of("write to", file, e);
    }
  }

  /// Releases the table, and removes its file unless the database has ingested it.
  @Override
  public void close() {
    writer.close();
    options.close();
    environment.close();
    filter.close();
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // Removed at the next opening of the store.
    }
  }
}
