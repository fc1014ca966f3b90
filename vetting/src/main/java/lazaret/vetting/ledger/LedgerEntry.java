package lazaret.vetting.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// One link of the ledger. Its hash covers its sequence, its event and the hash of the link before,
/// so that an entry can neither be altered nor taken out without breaking every later one.
///
/// @param sequence 1 for the first entry, rising by one
/// @param event what happened
/// @param encoded the canonical bytes of the event, as [EventCodec] writes them; these are hashed
/// @param previous hash of the entry before; [#GENESIS] for the first
/// @param hash hash of this entry
public record LedgerEntry(long sequence, Event event, Bytes encoded, Sha256 previous, Sha256 hash) {

  /// What the first entry names as the one before it: 32 zero bytes.
  public static final Sha256 GENESIS = Sha256.parse("0".repeat(64));

  /// Makes the next link after an entry.
  ///
  /// @param sequence the new entry's sequence
  /// @param previous the hash of the entry before
  /// @param event what happened
  public static LedgerEntry link(long sequence, Sha256 previous, Event event) {
    Bytes encoded = EventCodec.encode(event);
    return new LedgerEntry(sequence, event, encoded, previous, hash(sequence, previous, encoded));
  }

  /// Tells whether the hash is the one that sequence, event and previous hash give.
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
