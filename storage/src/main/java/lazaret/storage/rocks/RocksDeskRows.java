package lazaret.storage.rocks;

import java.util.Optional;
import java.util.stream.Stream;
import lazaret.storage.record.MetaCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskRows;
import lazaret.vetting.gate.store.DeskTable;

/// The tables of the desk in one column family.
///
/// @param lookups the reads of the store
record RocksDeskRows(RecordLookup lookups) implements DeskRows {
  @Override
  public Optional<Bytes> find(DeskTable table, String key) {
    return lookups.find(ColumnFamily.DESK, RowKeys.desk(table, key), MetaCodec::decode);
  }

  @Override
  public Stream<DeskRow> list(DeskTable table, String prefix) {
    byte[] start = RowKeys.desk(table, prefix);
    return lookups.stream(
        ColumnFamily.DESK,
        start,
        start,
        entry -> RowKeys.desk(entry.key(), MetaCodec.decode(entry.value())));
  }
}
