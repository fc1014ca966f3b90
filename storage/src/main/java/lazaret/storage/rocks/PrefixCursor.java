package lazaret.storage.rocks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// A walk over one family from a key on, as long as keys have a prefix, over the state at its
/// beginning. It holds no lock between two steps, so that an abandoned walk cannot delay the
/// closing of the store. Its later steps fail without touching freed memory. Thread-safe.
final class PrefixCursor implements AutoCloseable {
  private static final int CHUNK_ENTRIES = 256;
  private static final int SKIPPED_ENTRIES = 4_096;
  private static final long CHUNK_BYTES = 1L << 20;

  private final DatabaseGuard engine;
  private final byte[] prefix;
  private final ReentrantLock turn = new ReentrantLock();

  // Guarded by turn.
  private @Nullable RocksIterator iterator;
  private boolean done;

  private PrefixCursor(DatabaseGuard engine, byte[] prefix, RocksIterator iterator) {
    this.engine = engine;
    this.prefix = prefix;
    this.iterator = iterator;
  }

  /// One key with its value.
  @SuppressWarnings("ArrayRecordComponent") // decoded at once, never compared
  record Entry(byte[] key, byte[] value) {}

  /// Starts a walk.
  ///
  /// @param prefix the beginning of all keys; empty for the whole family
  /// @param from the first key, or the next one if it does not exist
  static PrefixCursor over(DatabaseGuard engine, ColumnFamily family, byte[] prefix, byte[] from) {
    return engine.use(
        "read",
        open -> {
          // Rows with a prefix are read repeatedly; a whole family would evict everything else from
          // the cache.
          var how = prefix.length == 0 ? open.scan : open.fromDisk;
          RocksIterator iterator = open.db.newIterator(open.handle(family), how);
          return begin(engine, open, iterator, prefix, from);
        });
  }

  /// Starts walks over whole families that all see the same state.
  static List<PrefixCursor> over(DatabaseGuard engine, List<ColumnFamily> families) {
    return engine.use(
        "read",
        open -> {
          var handles = families.stream().map(open::handle).toList();
          List<PrefixCursor> cursors = new ArrayList<>();
          for (RocksIterator iterator : open.db.newIterators(handles, open.scan)) {
            cursors.add(begin(engine, open, iterator, RowKeys.EMPTY, RowKeys.EMPTY));
          }
          return cursors;
        });
  }

  private static PrefixCursor begin(
      DatabaseGuard engine, OpenDatabase open, RocksIterator iterator, byte[] prefix, byte[] from) {
    var cursor = new PrefixCursor(engine, prefix, iterator);
    open.attach(cursor);
    iterator.seek(from);
    return cursor;
  }

  /// Skips the next few entries and returns their number; 0 at the end.
  int skip() {
    return engine.use("read", this::pass);
  }

  private int pass(OpenDatabase open) throws RocksDBException {
    turn.lock();
    try {
      if (done) {
        return 0;
      }
      RocksIterator at = iterator;
      if (at == null) {
        throw StoreFailures.reopened();
      }
      int passed = 0;
      for (; passed < SKIPPED_ENTRIES && at.isValid() && within(at); passed++) {
        at.next();
      }
      at.status();
      if (passed == 0) {
        end(open, at);
      }
      return passed;
    } finally {
      turn.unlock();
    }
  }

  private void end(OpenDatabase open, RocksIterator at) {
    done = true;
    open.detach(this);
    at.close();
    iterator = null;
  }

  /// Returns the next few entries; empty at the end.
  List<Entry> next() {
    return engine.use("read", this::take);
  }

  private List<Entry> take(OpenDatabase open) throws RocksDBException {
    turn.lock();
    try {
      List<Entry> chunk = new ArrayList<>();
      if (done) {
        return chunk;
      }
      RocksIterator at = iterator;
      if (at == null) {
        throw StoreFailures.reopened();
      }
      long bytes = 0;
      while (chunk.size() < CHUNK_ENTRIES && bytes < CHUNK_BYTES && at.isValid()) {
        byte[] key = at.key();
        if (!startsWith(key)) {
          break;
        }
        byte[] value = at.value();
        bytes += key.length + value.length;
        chunk.add(new Entry(key, value));
        at.next();
      }
      at.status();
      if (chunk.isEmpty()) {
        end(open, at);
      }
      return chunk;
    } finally {
      turn.unlock();
    }
  }

  private boolean within(RocksIterator at) {
    return prefix.length == 0 || startsWith(at.key());
  }

  private boolean startsWith(byte[] key) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  /// Frees the iterator; only while the database is open.
  void release() {
    turn.lock();
    try {
      RocksIterator at = iterator;
      if (at != null) {
        at.close();
        iterator = null;
      }
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    engine.ifOpen(
        open -> {
          open.detach(this);
          release();
        });
  }
}
