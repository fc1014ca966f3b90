package lazaret.storage.record;

import lazaret.vetting.gate.store.RemovedArtifact;

/// The codec of a [RemovedArtifact] in the store.
public final class RemovedArtifactCodec {
  private RemovedArtifactCodec() {}

  /// Encodes the evidence of a removed artifact.
  public static byte[] encode(RemovedArtifact artifact) {
    var writer = new RecordWriter(RecordFormat.REMOVED_ARTIFACT, 128);
    CrateIdCodec.write(writer, artifact.id());
    return writer.number(artifact.bytes()).instant(artifact.at()).text(artifact.rule()).finish();
  }

  /// Decodes the evidence of a removed artifact.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static RemovedArtifact decode(byte[] data) {
    return RecordReader.read(
        "evidence of a removed artifact",
        RecordFormat.REMOVED_ARTIFACT,
        data,
        data.length,
        reader ->
            new RemovedArtifact(
                CrateIdCodec.read(reader), reader.number(), reader.instant(), reader.text()));
  }
}
