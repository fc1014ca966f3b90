package lazaret.vetting.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// One entry of the ledger, linked to the previous one by a hash. The hash covers the sequence, the
/// event and the previous hash. A change or removal of an entry therefore breaks every later one.
///
/// @param sequence 1 for the first entry, increasing by one
/// @param event the recorded event
/// @param encoded canonical bytes of the event, as written by [EventCodec]; the hash covers these
/// @param previous hash of the previous entry; [#GENESIS] for the first
/// @param hash hash of this entry
public record LedgerEntry(long sequence, Event event, Bytes encoded, Sha256 previous, Sha256 hash) {

  /// The previous hash of the first entry: 32 zero bytes.
  public static final Sha256 GENESIS = Sha256.parse("0".repeat(64));

  /// Creates the entry that follows another.
  ///
  /// @param sequence sequence of the new entry
  /// @param previous hash of the previous entry
  /// @param event the event to record
  public static LedgerEntry link(long sequence, Sha256 previous, Event event) {
    Bytes encoded = EventCodec.encode(event);
    return new LedgerEntry(sequence, event, encoded, previous, hash(sequence, previous, encoded));
  }

  /// Returns whether the hash matches the sequence, the event and the previous hash.
  public boolean intact() {
    return hash.equals(hash(sequence, previous, encoded));
  }

  static Sha256 hash(long sequence, Sha256 previous, Bytes encoded) {
    byte[] before = previous.hex().getBytes(StandardCharsets.US_ASCII);
    ByteBuffer input = ByteBuffer.allocate(Long.BYTES + before.length + encoded.length());
    input.putLong(sequence).put(before).put(encoded.array());
    return Sha256.of(Bytes.of(input.array()));
  }
}
