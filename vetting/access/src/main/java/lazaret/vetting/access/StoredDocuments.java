package lazaret.vetting.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
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
public final class StoredDocuments<R extends Record> {
  private static final RecordCodec CODEC =
      RecordCodec.of(
          List.of(
              TextType.of(Instant.class, "a time", Instant::parse),
              TextType.of(Sha256.class, "a SHA-256", Sha256::parse)),
          new JsonLimits(DeskRow.MAX_VALUE, 8, 10_000),
          UnknownFields.IGNORED,
          "the stored document");

  private final Store store;
  private final DeskTable table;
  private final Class<R> type;

  /// Creates the documents of a table.
  public StoredDocuments(Store store, DeskTable table, Class<R> type) {
    this.store = store;
    this.table = table;
    this.type = type;
  }

  /// Returns the record of a key, or empty if there is none.
  public Optional<R> find(String key) {
    return store.deskRows().find(table, key).map(this::decode);
  }

  /// Returns all records, by key.
  List<R> list() {
    return list("");
  }

  /// Returns the records whose keys begin with a text, by key.
  public List<R> list(String prefix) {
    try (Stream<DeskRow> rows = store.deskRows().list(table, prefix)) {
      return rows.map(row -> decode(row.value())).toList();
    }
  }

  /// Returns the write that stores a record.
  public Write put(String key, R value) {
    return new Write.PutDeskRow(new DeskRow(table, key, CODEC.encode(value)));
  }

  /// Returns the write that removes a record.
  public Write drop(String key) {
    return new Write.DropDeskRow(table, key);
  }

  private R decode(Bytes document) {
    return CODEC.decode(type, document);
  }
}
