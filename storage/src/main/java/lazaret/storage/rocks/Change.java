package lazaret.storage.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// One change of one key.
sealed interface Change {
  /// Adds the change to a batch.
  void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException;

  /// Sets a key.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Put(Family family, byte[] key, byte[] value) implements Change {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.put(open.handle(family), key, value);
    }
  }

  /// Takes a key away.
  @SuppressWarnings("ArrayRecordComponent") // handed straight to the native batch, never compared
  record Delete(Family family, byte[] key) implements Change {
    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.delete(open.handle(family), key);
    }
  }

  /// Takes all keys of a family away.
  record Clear(Family family) implements Change {
    /// Longer than any key of a family that is cleared.
    private static final byte[] END = {-1, -1, -1, -1, -1, -1, -1, -1, -1};

    @Override
    public void applyTo(OpenDatabase open, WriteBatch batch) throws RocksDBException {
      batch.deleteRange(open.handle(family), Keys.EMPTY, END);
    }
  }
}
