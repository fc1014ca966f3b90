package lazaret.storage.record;

import lazaret.vetting.index.IndexView;

/// An [IndexView] as it is stored.
public final class ViewRecord {
  private ViewRecord() {}

  /// Encodes a view.
  public static byte[] encode(IndexView view) {
    return new RecordWriter(Format.VIEW, view.body().length() + view.gzip().length() + 160)
        .text(view.etag())
        .text(view.generation())
        .maybe(view.validUntil(), RecordWriter::instant)
        .bytes(view.gzip())
        .bytes(view.body())
        .finish();
  }

  /// Decodes a view; its bodies are copied out of the array, which may be used again.
  ///
  /// @param data an array that begins with the record
  /// @param length length of the record
  /// @throws lazaret.vetting.desk.StoreException with code `store-corrupt` if the record is damaged
  public static IndexView decode(byte[] data, int length) {
    return RecordReader.read("view", Format.VIEW, data, length, ViewRecord::fields);
  }

  private static IndexView fields(RecordReader reader) {
    String etag = reader.text();
    String generation = reader.text();
    var validUntil = reader.maybe(RecordReader::instant);
    var gzip = reader.bytes();
    var body = reader.bytes();
    return new IndexView(body, gzip, etag, generation, validUntil);
  }
}
