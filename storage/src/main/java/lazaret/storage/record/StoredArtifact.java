package lazaret.storage.record;

import lazaret.vetting.crates.CrateId;

/// The metadata of a stored artifact, which is found without reading its bytes.
///
/// @param id the version under which it was admitted
/// @param bytes its size in bytes
public record StoredArtifact(CrateId id, long bytes) {
  /// Encodes the metadata.
  public byte[] encode() {
    var writer = new RecordWriter(RecordFormat.HELD_ARTIFACT, 96);
    CrateIdCodec.write(writer, id);
    return writer.number(bytes).finish();
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
        reader -> new StoredArtifact(CrateIdCodec.read(reader), reader.number()));
  }
}
