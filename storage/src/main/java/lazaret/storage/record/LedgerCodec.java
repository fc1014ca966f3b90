package lazaret.storage.record;

import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.EventCodec;
import lazaret.vetting.ledger.LedgerEntry;

/// The codec of a [LedgerEntry] in the store, and of the copy of a [Decision] that is found by
/// crate. It does not check the hashes; a caller that follows the chain does.
public final class LedgerCodec {
  private LedgerCodec() {}

  /// Encodes an entry.
  public static byte[] encode(LedgerEntry entry) {
    return new RecordWriter(RecordFormat.LEDGER, entry.encoded().length() + 96)
        .number(entry.sequence())
        .sha256(entry.previous())
        .sha256(entry.hash())
        .bytes(entry.encoded())
        .finish();
  }

  /// Decodes an entry.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static LedgerEntry decode(byte[] data) {
    return RecordReader.read(
        "ledger entry", RecordFormat.LEDGER, data, data.length, LedgerCodec::fields);
  }

  private static LedgerEntry fields(RecordReader reader) {
    long sequence = reader.number();
    Sha256 previous = reader.sha256();
    Sha256 hash = reader.sha256();
    Bytes encoded = reader.bytes();
    return new LedgerEntry(sequence, EventCodec.decode(encoded), encoded, previous, hash);
  }

  /// Encodes the copy of a decision that is found by crate.
  public static byte[] encodeDecision(Bytes encoded) {
    return new RecordWriter(RecordFormat.DECISION, encoded.length() + 4).bytes(encoded).finish();
  }

  /// Decodes the copy of a decision that is found by crate.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged or is not a decision
  public static Decision decodeDecision(byte[] data) {
    return RecordReader.read(
        "decision", RecordFormat.DECISION, data, data.length, LedgerCodec::decision);
  }

  private static Decision decision(RecordReader reader) {
    if (EventCodec.decode(reader.bytes()) instanceof Decision decision) {
      return decision;
    }
    throw new MalformedException("expected a decision, found another event");
  }
}
