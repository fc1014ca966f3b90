package lazaret.storage.record;

import java.time.LocalDate;
import lazaret.vetting.gate.store.DownloadRecord;

/// The codec of an [DownloadRecord] in the store.
public final class DownloadRecordCodec {
  private DownloadRecordCodec() {}

  /// Encodes an access.
  public static byte[] encode(DownloadRecord access) {
    var writer = new RecordWriter(RecordFormat.ACCESS, 128);
    writer.number(access.day().toEpochDay());
    CrateIdCodec.write(writer, access.id());
    return writer.text(access.token()).text(access.address()).number(access.count()).finish();
  }

  /// Decodes an access.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static DownloadRecord decode(byte[] data) {
    return RecordReader.read(
        "access",
        RecordFormat.ACCESS,
        data,
        data.length,
        reader ->
            new DownloadRecord(
                LocalDate.ofEpochDay(reader.number()),
                CrateIdCodec.read(reader),
                reader.text(),
                reader.text(),
                reader.number()));
  }
}
