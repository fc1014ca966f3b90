package lazaret.storage.record;

import lazaret.vetting.desk.Request;

/// The codec of a [Request] in the store.
public final class RequestRecord {
  private RequestRecord() {}

  /// Encodes a request.
  public static byte[] encode(Request request) {
    var writer = new RecordWriter(Format.REQUEST, 256);
    Ids.write(writer, request.id());
    return writer
        .instant(request.first())
        .instant(request.last())
        .number(request.count())
        .texts(request.askers())
        .texts(request.lockfiles())
        .text(request.reason())
        .finish();
  }

  /// Decodes a request.
  ///
  /// @throws lazaret.vetting.desk.StoreException with code `store-corrupt` if the record is damaged
  public static Request decode(byte[] data) {
    return RecordReader.read(
        "request",
        Format.REQUEST,
        data,
        data.length,
        reader ->
            new Request(
                Ids.read(reader),
                reader.instant(),
                reader.instant(),
                reader.number(),
                reader.texts(),
                reader.texts(),
                reader.text()));
  }
}
