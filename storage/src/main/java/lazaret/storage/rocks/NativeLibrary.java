package lazaret.storage.rocks;

import org.rocksdb.RocksDB;

/// The native library of RocksDB, loaded before any of its classes is used.
final class NativeLibrary {
  private NativeLibrary() {}

  static void load() {
    RocksDB.loadLibrary();
  }
}
