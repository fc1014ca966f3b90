package lazaret.storage.record;

import lazaret.vetting.Bytes;

/// The codec of a small named value in the store.
public final class MetaCodec {
  private MetaCodec() {}

  /// Encodes a value.
  public static byte[] encode(Bytes value) {
    return new RecordWriter(RecordFormat.META, value.length() + 8).bytes(value).finish();
  }

  /// Decodes a value.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static Bytes decode(byte[] data) {
    return RecordReader.read("value", RecordFormat.META, data, data.length, RecordReader::bytes);
  }
}
