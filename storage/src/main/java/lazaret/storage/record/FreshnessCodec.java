package lazaret.storage.record;

import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.Validators;

/// The codec of a [Freshness] in the store. It is separate from the index file, so that a 304 does
/// not rewrite the latter.
public final class FreshnessCodec {
  private FreshnessCodec() {}

  /// Encodes a freshness.
  public static byte[] encode(Freshness freshness) {
    return new RecordWriter(RecordFormat.FRESHNESS, 96)
        .maybe(freshness.validators().etag(), RecordWriter::text)
        .maybe(freshness.validators().lastModified(), RecordWriter::text)
        .instant(freshness.fetchedAt())
        .instant(freshness.checkedAt())
        .finish();
  }

  /// Decodes a freshness.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static Freshness decode(byte[] data) {
    return RecordReader.read(
        "freshness of an index file",
        RecordFormat.FRESHNESS,
        data,
        data.length,
        reader ->
            new Freshness(
                new Validators(reader.maybe(RecordReader::text), reader.maybe(RecordReader::text)),
                reader.instant(),
                reader.instant()));
  }
}
