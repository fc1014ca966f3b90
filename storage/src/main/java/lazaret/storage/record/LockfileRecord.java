package lazaret.storage.record;

import lazaret.vetting.desk.SeenLockfile;
import lazaret.vetting.desk.SeenLockfile.Sighting;

/// The codec of a [SeenLockfile] in the store.
public final class LockfileRecord {
  private LockfileRecord() {}

  /// Encodes a lockfile.
  public static byte[] encode(SeenLockfile lockfile) {
    var writer = new RecordWriter(Format.LOCKFILE, 128 + 24 * lockfile.packages().size());
    writer.sha256(lockfile.digest()).texts(lockfile.packages());
    writer.number(lockfile.sightings().size());
    for (Sighting sighting : lockfile.sightings()) {
      writer.text(sighting.name()).text(sighting.token()).text(sighting.address());
      writer.instant(sighting.first()).instant(sighting.last());
    }
    return writer.finish();
  }

  /// Decodes a lockfile.
  ///
  /// @throws lazaret.vetting.desk.StoreException with code `store-corrupt` if the record is damaged
  public static SeenLockfile decode(byte[] data) {
    return RecordReader.read(
        "lockfile",
        Format.LOCKFILE,
        data,
        data.length,
        reader ->
            new SeenLockfile(
                reader.sha256(), reader.texts(), reader.list(LockfileRecord::sighting)));
  }

  private static Sighting sighting(RecordReader reader) {
    return new Sighting(
        reader.text(), reader.text(), reader.text(), reader.instant(), reader.instant());
  }
}
