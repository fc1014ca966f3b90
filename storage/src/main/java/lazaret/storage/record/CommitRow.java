package lazaret.storage.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.StoreException;

/// The row that each numbered commit leaves in the database, in the same batch as its writes. Rows
/// since the last sound opening are kept: a gap in their numbers shows that a log is missing.
///
/// @param commit number of the commit
/// @param sequence sequence of the last ledger entry after the commit; 0 if there is none
/// @param at time of the commit, in milliseconds
public record CommitRow(long commit, long sequence, Instant at) {
  /// Encodes the value of the row. Its key is the number of the commit.
  public byte[] encode() {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(sequence).putLong(at.toEpochMilli()).array();
  }

  /// Decodes a row.
  ///
  /// @throws StoreException with code `store-corrupt` if the row has another length
  public static CommitRow decode(byte[] key, byte[] value) {
    if (key.length != Long.BYTES || value.length != 2 * Long.BYTES) {
      throw new StoreException(
          ErrorCode.STORE_CORRUPT, "cannot read the row of a commit: its length is wrong", null);
    }
    ByteBuffer in = ByteBuffer.wrap(value);
    return new CommitRow(
        ByteBuffer.wrap(key).getLong(), in.getLong(), Instant.ofEpochMilli(in.getLong()));
  }
}
