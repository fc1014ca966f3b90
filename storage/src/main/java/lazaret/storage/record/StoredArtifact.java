package lazaret.storage.record;

import java.util.zip.CRC32C;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;

/// The metadata of a stored artifact, which is found without reading its bytes.
///
/// A record has one number for size and CRC-32C: the size in its low 32 bits, the CRC-32C in its
/// high ones. Earlier builds read and write records without a CRC-32C. They take the whole number
/// for the size, which they decode and do not use.
///
/// @param id the version under which it was admitted
/// @param bytes its size in bytes, less than 2^32
/// @param crc32c the CRC-32C (RFC 3720) of its bytes, an unsigned number of 32 bits; 0 if it is
///   unknown
public record StoredArtifact(CrateId id, long bytes, long crc32c) {
  private static final long LOW = 0xFFFF_FFFFL;

  /// Checks the ranges.
  ///
  /// @throws IllegalArgumentException if size or CRC-32C is negative or has more than 32 bits
  public StoredArtifact {
    if ((bytes & LOW) != bytes) {
      throw new IllegalArgumentException("an artifact has " + bytes + " bytes");
    }
    if ((crc32c & LOW) != crc32c) {
      throw new IllegalArgumentException("a CRC-32C is " + crc32c);
    }
  }

  /// Creates the metadata of bytes with an unknown CRC-32C.
  public StoredArtifact(CrateId id, long bytes) {
    this(id, bytes, 0);
  }

  /// Returns the metadata, with the CRC-32C, of bytes whose SHA-256 was just compared.
  public static StoredArtifact of(CrateId id, Bytes bytes) {
    return new StoredArtifact(id, bytes.length(), checksum(bytes.array()));
  }

  /// Returns whether the CRC-32C is known.
  public boolean hasChecksum() {
    return crc32c != 0;
  }

  /// Returns whether bytes are those that were admitted, by length and CRC-32C; false if the
  /// CRC-32C is unknown.
  public boolean describes(byte[] found) {
    return hasChecksum() && found.length == bytes && checksum(found) == crc32c;
  }

  private static long checksum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    return crc.getValue();
  }

  /// Encodes the metadata.
  public byte[] encode() {
    var writer = new RecordWriter(RecordFormat.HELD_ARTIFACT, 96);
    CrateIdCodec.write(writer, id);
    return writer.number((crc32c << Integer.SIZE) | bytes).finish();
  }

  /// Decodes the metadata.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static StoredArtifact decode(byte[] data) {
    return RecordReader.read(
        "note of an artifact",
        RecordFormat.HELD_ARTIFACT,
        data,
        data.length,
        reader -> decoded(CrateIdCodec.read(reader), reader.number()));
  }

  private static StoredArtifact decoded(CrateId id, long number) {
    return new StoredArtifact(id, number & LOW, number >>> Integer.SIZE);
  }
}
