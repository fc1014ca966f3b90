package lazaret.storage.record;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.search.CrateSummary;

/// The codec of a [CrateSummary] in the store.
public final class SummaryCodec {
  private SummaryCodec() {}

  /// Encodes a summary.
  public static byte[] encode(CrateSummary summary) {
    return new RecordWriter(RecordFormat.SUMMARY, 160)
        .text(summary.name().published())
        .maybe(summary.newest(), (out, version) -> out.text(version.text()))
        .number(summary.versions())
        .text(summary.generation())
        .instant(summary.madeAt())
        .maybe(summary.validUntil(), RecordWriter::instant)
        .finish();
  }

  /// Decodes a summary.
  ///
  /// @throws lazaret.vetting.gate.store.StoreException with code `store-corrupt` if the record is
  ///   damaged
  public static CrateSummary decode(byte[] data) {
    return RecordReader.read(
        "summary",
        RecordFormat.SUMMARY,
        data,
        data.length,
        reader ->
            new CrateSummary(
                CrateName.parse(reader.text()),
                reader.maybe(in -> CrateVersion.parse(in.text())),
                Math.toIntExact(reader.number()),
                reader.text(),
                reader.instant(),
                reader.maybe(RecordReader::instant)));
  }
}
