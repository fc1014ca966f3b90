package lazaret.vetting.reading;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The drafts of persons. A draft ends when a decision of the person on the version is recorded,
/// and after [#AGE]. Persons are compared as by [Decision#person(String)]. Thread-safe; blocks.
final class TextDraftRegister {
  /// The time for which an unchanged draft is kept.
  static final Duration AGE = Duration.ofDays(30);

  /// The maximum length of all texts of a draft, in bytes of UTF-8.
  static final int MAX_BYTES = 16 << 10;

  /// The maximum number of drafts of one person.
  static final int MAX_DRAFTS = 200;

  private static final int MAX_FIELDS = 20;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  private final Store store;
  private final Clock clock;
  private final StoredRows<TextDraft> rows;

  TextDraftRegister(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.rows = new StoredRows<>(store, DeskTable.DRAFTS, TextDraft.class);
  }

  /// A form of a person.
  record Key(String person, CrateName name, CrateVersion version, String form) {
    Key {
      if (!NAME.matcher(form).matches()) {
        throw new MalformedException(
            "cannot use a draft: expected the name of a form in lower case, found another text");
      }
    }

    /// The digest keeps one person from the rows of another, whatever the names are.
    private String text() {
      return prefix(person) + versionPart(name, version) + form;
    }
  }

  private static String prefix(String person) {
    return Sha256.of(Bytes.utf8(Decision.person(person))).hex() + '/';
  }

  private static String versionPart(CrateName name, CrateVersion version) {
    return name.collisionKey() + ' ' + version.text() + '/';
  }

  /// Returns the draft of a form; empty if there is none.
  Optional<TextDraft> find(Key key) {
    return rows.find(key.text()).filter(draft -> !isOver(draft, clock.instant()));
  }

  /// Stores a draft and removes those of the person that are too old.
  ///
  /// @param seen the number of decisions on the version that the form showed; null for any
  /// @throws MalformedException if the texts are too long, or the person has too many drafts
  /// @throws StaleDraftException if the person decided after them: the draft was on its way then
  TextDraft put(Key key, Map<String, String> fields, @Nullable Integer seen) {
    check(fields);
    Instant now = clock.instant();
    TextDraft draft =
        new TextDraft(key.person(), key.name(), key.version(), key.form(), now, fields);
    var _ = store.serially(scope(key.person()), () -> write(key, draft, seen));
    return draft;
  }

  private List<LedgerEntry> write(Key key, TextDraft draft, @Nullable Integer seen) {
    // A decision after this check removes the draft, in the same scope.
    if (seen != null && decidedAfter(key, seen)) {
      throw new StaleDraftException(key.name(), key.version());
    }
    List<Write> writes = new ArrayList<>();
    int kept = 0;
    for (StoredRows.Row<TextDraft> row : rows.list(prefix(key.person()), 2 * MAX_DRAFTS)) {
      boolean over = isOver(row.value(), draft.at());
      if (over) {
        writes.add(rows.drop(row.key()));
      }
      kept += over || row.key().equals(key.text()) ? 0 : 1;
    }
    if (kept >= MAX_DRAFTS) {
      throw new MalformedException(
          "cannot keep the draft: expected at most %d drafts of one person, found %d; record or remove one"
              .formatted(MAX_DRAFTS, kept + 1));
    }
    writes.add(rows.put(key.text(), draft));
    return store.commit(Batch.relaxed(writes));
  }

  private static WriteScope scope(String person) {
    return WriteScope.ofPerson("drafts", Sha256.of(Bytes.utf8(Decision.person(person))));
  }

  private boolean decidedAfter(Key key, int seen) {
    return store.decisions(key.name()).stream()
        .filter(each -> each.id().version().equals(key.version()))
        .skip(Math.max(0, seen))
        .anyMatch(each -> each.person().equals(Decision.person(key.person())));
  }

  private static void check(Map<String, String> fields) {
    long bytes = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (!NAME.matcher(field.getKey()).matches()) {
        throw new MalformedException(
            "cannot keep the draft: expected names of fields in lower case, found another text");
      }
      bytes += field.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (fields.size() > MAX_FIELDS || bytes > MAX_BYTES) {
      throw new MalformedException(
          "cannot keep the draft: expected at most %d fields with %d bytes, found %d with %d"
              .formatted(MAX_FIELDS, MAX_BYTES, fields.size(), bytes));
    }
  }

  /// Removes the draft of a form.
  ///
  /// @return whether there was one
  boolean remove(Key key) {
    return store.serially(
        scope(key.person()),
        () -> {
          boolean found = rows.find(key.text()).isPresent();
          if (found) {
            store.commit(Batch.relaxed(List.of(rows.drop(key.text()))));
          }
          return found;
        });
  }

  /// Removes the drafts of a person about a version.
  void removeAll(String person, CrateName name, CrateVersion version) {
    boolean _ =
        store.serially(
            scope(person),
            () -> {
              List<Write> writes =
                  rows.list(prefix(person) + versionPart(name, version), MAX_DRAFTS).stream()
                      .map(row -> rows.drop(row.key()))
                      .toList();
              // A commit without a write refuses the draft that another node is about to write.
              boolean commits = !writes.isEmpty() || store.shared().isPresent();
              if (commits) {
                store.commit(Batch.relaxed(writes));
              }
              return commits;
            });
  }

  private static boolean isOver(TextDraft draft, Instant now) {
    return draft.at().plus(AGE).isBefore(now);
  }
}
