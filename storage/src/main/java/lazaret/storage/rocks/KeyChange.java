package lazaret.storage.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// One change of one key.
sealed interface KeyChange {
  /// Adds the change to a batch.
  void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException;

  /// Returns the bytes of key and value.
  long bytes();

  /// A change that sets a key.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Put(ColumnFamily family, byte[] key, byte[] value) implements KeyChange {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.put(open.handle(family), key, value);
    }

    @Override
    public long bytes() {
      return key.length + (long) value.length;
    }
  }

  /// A change that adds to the sum under a key of [ColumnFamily#COUNTS].
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Add(byte[] key, long added) implements KeyChange {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.merge(open.handle(ColumnFamily.COUNTS), key, RowCounts.sum(added));
    }

    @Override
    public long bytes() {
      return (long) key.length + Long.BYTES;
    }
  }

  /// A change that removes a key.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Delete(ColumnFamily family, byte[] key) implements KeyChange {
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
  record Clear(ColumnFamily family) implements KeyChange {
    @Override
    public long bytes() {
      return 0;
    }

    /// A key after all keys of a family that is cleared.
    private static final byte[] END = {-1, -1, -1, -1, -1, -1, -1, -1, -1};

    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.deleteRange(open.handle(family), RowKeys.EMPTY, END);
    }
  }
}
