package lazaret.storage.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// One change of one key.
sealed interface Change {
  /// Adds the change to a batch.
  void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException;

  /// Returns the bytes of key and value.
  long bytes();

  /// A change that sets a key.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Put(Family family, byte[] key, byte[] value) implements Change {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.put(open.handle(family), key, value);
    }

    @Override
    public long bytes() {
      return key.length + (long) value.length;
    }
  }

  /// A change that adds to the sum under a key of [Family#COUNTS].
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Add(byte[] key, long added) implements Change {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.merge(open.handle(Family.COUNTS), key, RowCounts.sum(added));
    }

    @Override
    public long bytes() {
      return (long) key.length + Long.BYTES;
    }
  }

  /// A change that removes a key.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Delete(Family family, byte[] key) implements Change {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.delete(open.handle(family), key);
    }

    @Override
    public long bytes() {
      return key.length;
    }
  }

  /// A change that removes all keys of a family.
  record Clear(Family family) implements Change {
    @Override
    public long bytes() {
      return 0;
    }

    /// A key after all keys of a family that is cleared.
    private static final byte[] END = {-1, -1, -1, -1, -1, -1, -1, -1, -1};

    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.deleteRange(open.handle(family), Keys.EMPTY, END);
    }
  }
}
