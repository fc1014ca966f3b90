package lazaret.storage.record;

import lazaret.vetting.gate.store.QueuedRequest;

/// The codec of a [QueuedRequest] in the store.
public final class RequestCodec {
  private RequestCodec() {}

  /// Encodes a request.
  public static byte[] encode(QueuedRequest request) {
    var writer = new RecordWriter(RecordFormat.REQUEST, 256);
    CrateIdCodec.write(writer, request.id());
    return writer
        .instant(request.first())
        .instant(request.last())
        .number(request.count())
        .texts(request.requesters())
        .texts(request.lockfiles())
        .text(request.reason())
        .finish();
  }

  /// Decodes a request.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static QueuedRequest decode(byte[] data) {
    return RecordReader.read(
        "request",
        RecordFormat.REQUEST,
        data,
        data.length,
        reader ->
            new QueuedRequest(
                CrateIdCodec.read(reader),
                reader.instant(),
                reader.instant(),
                reader.number(),
                reader.texts(),
                reader.texts(),
                reader.text()));
  }
}
