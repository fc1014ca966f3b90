package lazaret.storage.record;

import lazaret.vetting.gate.store.SeenLockfile;
import lazaret.vetting.gate.store.SeenLockfile.Sighting;

/// The codec of a [SeenLockfile] in the store.
public final class LockfileCodec {
  private LockfileCodec() {}

  /// Encodes a lockfile.
  public static byte[] encode(SeenLockfile lockfile) {
    var writer = new RecordWriter(RecordFormat.LOCKFILE, 128 + 24 * lockfile.packages().size());
    writer.sha256(lockfile.digest()).texts(lockfile.packages());
    writer.number(lockfile.count().size());
    for (Sighting sighting : lockfile.count()) {
      writer.text(sighting.name()).text(sighting.token()).text(sighting.address());
      writer.instant(sighting.first()).instant(sighting.last());
    }
    return writer.finish();
  }

  /// Decodes a lockfile.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static SeenLockfile decode(byte[] data) {
    return RecordReader.read(
        "lockfile",
        RecordFormat.LOCKFILE,
        data,
        data.length,
        reader ->
            new SeenLockfile(
                reader.sha256(), reader.texts(), reader.list(LockfileCodec::sighting)));
  }

  private static Sighting sighting(RecordReader reader) {
    return new Sighting(
        reader.text(), reader.text(), reader.text(), reader.instant(), reader.instant());
  }
}
