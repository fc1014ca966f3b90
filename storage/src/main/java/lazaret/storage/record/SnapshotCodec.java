package lazaret.storage.record;

import lazaret.vetting.snapshot.SnapshotInfo;

/// The codec of a [SnapshotInfo] in the store.
public final class SnapshotCodec {
  private SnapshotCodec() {}

  /// Encodes the metadata of a snapshot.
  public static byte[] encode(SnapshotInfo info) {
    return new RecordWriter(RecordFormat.SNAPSHOT, 160)
        .number(info.epoch())
        .number(info.sequence())
        .text(StoredWords.SNAPSHOT_KIND.of(info.kind()))
        .sha256(info.stateRoot())
        .sha256(info.bundle())
        .instant(info.issued())
        .instant(info.at())
        .number(info.crates())
        .number(info.versions())
        .number(info.bytes())
        .finish();
  }

  /// Decodes the metadata of a snapshot.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static SnapshotInfo decode(byte[] data) {
    return RecordReader.read(
        "snapshot",
        RecordFormat.SNAPSHOT,
        data,
        data.length,
        reader ->
            new SnapshotInfo(
                reader.number(),
                reader.number(),
                StoredWords.SNAPSHOT_KIND.parse(reader.text()),
                reader.sha256(),
                reader.sha256(),
                reader.instant(),
                reader.instant(),
                reader.number(),
                reader.number(),
                reader.number()));
  }
}
