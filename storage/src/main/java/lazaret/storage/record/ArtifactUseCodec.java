package lazaret.storage.record;

import java.time.LocalDate;
import lazaret.vetting.gate.store.ArtifactUse;

/// The codec of an [ArtifactUse] in the store.
public final class ArtifactUseCodec {
  private ArtifactUseCodec() {}

  /// Encodes a use.
  public static byte[] encode(ArtifactUse use) {
    return new RecordWriter(RecordFormat.ARTIFACT_USE, 40)
        .sha256(use.cksum())
        .number(use.day().toEpochDay())
        .finish();
  }

  /// Decodes a use.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static ArtifactUse decode(byte[] data) {
    return RecordReader.read(
        "use of an artifact",
        RecordFormat.ARTIFACT_USE,
        data,
        data.length,
        reader -> new ArtifactUse(reader.sha256(), LocalDate.ofEpochDay(reader.number())));
  }
}
