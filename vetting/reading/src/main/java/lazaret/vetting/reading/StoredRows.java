package lazaret.vetting.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.TextType;
import lazaret.vetting.json.UnknownFields;

/// The records of one table of the desk as JSON documents. A field that a newer program wrote is
/// ignored. Thread-safe; blocks.
final class StoredRows<R extends Record> {
  private static final RecordCodec CODEC =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(CrateName.class, "the name of a crate", CrateName::parse),
              TextType.of(CrateVersion.class, "a version", CrateVersion::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse)),
          new JsonLimits(DeskRow.MAX_VALUE, 8, 20_000),
          UnknownFields.IGNORED,
          "the stored document");

  private final Store store;
  private final DeskTable table;
  private final Class<R> type;

  StoredRows(Store store, DeskTable table, Class<R> type) {
    this.store = store;
    this.table = table;
    this.type = type;
  }

  /// A record with its key.
  record Row<R>(String key, R value) {}

  /// Returns the record of a key, or empty if there is none.
  Optional<R> find(String key) {
    return store.deskRows().find(table, key).map(document -> CODEC.decode(type, document));
  }

  /// Returns the first records whose keys begin with a text, by key.
  List<Row<R>> list(String prefix, int limit) {
    try (Stream<DeskRow> rows = store.deskRows().list(table, prefix)) {
      return rows.limit(limit)
          .map(row -> new Row<>(row.key(), CODEC.decode(type, row.value())))
          .toList();
    }
  }

  /// Returns the write that stores a record.
  Write put(String key, R value) {
    return new Write.PutDeskRow(new DeskRow(table, key, CODEC.encode(value)));
  }

  /// Returns the write that removes a record.
  Write drop(String key) {
    return new Write.DropDeskRow(table, key);
  }
}
