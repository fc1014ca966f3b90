package lazaret.vetting.reading;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;

/// The stored documents of the read ledger: one for each content and person. A key begins with the
/// SHA-256 of the content, so that equal content of another version or crate has the same document,
/// and that one prefix has all readers of a content. It ends with the person as where two of them
/// must agree ([Decision#person(String)]); the document has the name of the first mark.
/// Thread-safe; blocks. Writers take turns.
final class ReadLedger {
  private static final int MAX_PERSON = 512;

  private final Store store;
  private final StoredRows<ReadContent> rows;
  private final StoredRows<ReadVersion> versions;

  ReadLedger(Store store) {
    this.store = store;
    this.rows = new StoredRows<>(store, DeskTable.READ_CONTENT, ReadContent.class);
    this.versions = new StoredRows<>(store, DeskTable.READ_CONTENT, ReadVersion.class);
  }

  /// Returns what a person read of a content; empty if there is nothing.
  Optional<ReadContent> find(String person, Sha256 content) {
    return rows.find(key(content, person));
  }

  /// Returns what all persons read of a content, by name.
  ///
  /// @param limit the maximum number of persons
  List<ReadContent> readers(Sha256 content, int limit) {
    return rows.list(content.hex() + '/', limit).stream().map(StoredRows.Row::value).toList();
  }

  /// Returns whether a person marked a part of the review of an artifact.
  boolean hasMarks(String person, Sha256 artifact) {
    return versions.find(versionKey(artifact, person)).isPresent();
  }

  /// Changes documents of one person in one synced batch. No other change is lost.
  ///
  /// @param version the artifact whose review the person reads
  /// @param changes the change of the document of each content
  void change(ReadVersion version, Map<Sha256, UnaryOperator<ReadContent>> changes) {
    String person = version.person();
    if (person.getBytes(StandardCharsets.UTF_8).length > MAX_PERSON) {
      throw new MalformedException(
          "cannot record what was read: expected the name of a person of at most %d bytes, found a longer one"
              .formatted(MAX_PERSON));
    }
    var _ = store.serially(scope(person), () -> write(version, changes));
  }

  private List<LedgerEntry> write(
      ReadVersion version, Map<Sha256, UnaryOperator<ReadContent>> changes) {
    String person = version.person();
    List<Write> writes = new ArrayList<>();
    writes.add(versions.put(versionKey(version.cksum(), person), version));
    changes.forEach(
        (content, change) -> {
          String key = key(content, person);
          ReadContent before = rows.find(key).orElseGet(() -> ReadContent.none(person, content));
          ReadContent after = change.apply(before);
          writes.add(after.entries().isEmpty() ? rows.drop(key) : rows.put(key, after));
        });
    return store.commit(Batch.synced(writes));
  }

  private static WriteScope scope(String person) {
    return WriteScope.ofPerson("reading", Sha256.of(Bytes.utf8(Decision.person(person))));
  }

  private static String key(Sha256 content, String person) {
    return content.hex() + '/' + Decision.person(person);
  }

  /// No digest begins with this word.
  private static String versionKey(Sha256 artifact, String person) {
    return "version/" + artifact.hex() + '/' + Decision.person(person);
  }
}
