package lazaret.storage.record;

import lazaret.vetting.index.IndexView;

/// The codec of an [IndexView] in the store.
public final class ViewCodec {
  private ViewCodec() {}

  /// Encodes a view.
  public static byte[] encode(IndexView view) {
    return new RecordWriter(RecordFormat.VIEW, view.body().length() + view.gzip().length() + 160)
        .text(view.etag())
        .text(view.generation())
        .maybe(view.madeAt(), RecordWriter::instant)
        .maybe(view.validUntil(), RecordWriter::instant)
        .bytes(view.gzip())
        .bytes(view.body())
        .finish();
  }

  /// Decodes a view. Its bodies are copied, so that the caller may reuse the array.
  ///
  /// @param data an array that begins with the record
  /// @param length length of the record
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static IndexView decode(byte[] data, int length) {
    boolean timed = length > 0 && (data[0] & 0xFF) != RecordFormat.VIEW_WITHOUT_TIME;
    return RecordReader.read(
        "view",
        timed ? RecordFormat.VIEW : RecordFormat.VIEW_WITHOUT_TIME,
        data,
        length,
        reader -> fields(reader, timed));
  }

  private static IndexView fields(RecordReader reader, boolean timed) {
    String etag = reader.text();
    String generation = reader.text();
    var madeAt = timed ? reader.maybe(RecordReader::instant) : null;
    var validUntil = reader.maybe(RecordReader::instant);
    var gzip = reader.bytes();
    var body = reader.bytes();
    return new IndexView(body, gzip, etag, generation, madeAt, validUntil);
  }
}
