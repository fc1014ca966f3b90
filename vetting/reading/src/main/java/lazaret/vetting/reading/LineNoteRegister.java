package lazaret.vetting.reading;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.WriteScope;
import lazaret.vetting.ledger.Decision;

/// The notes on lines of versions. Thread-safe; blocks.
final class LineNoteRegister {
  /// The maximum number of notes of one version.
  static final int MAX_NOTES = 500;

  /// The maximum length of the notes of one exported audit, in characters.
  private static final int MAX_EXPORTED = 16_384;

  private final Store store;
  private final Clock clock;
  private final StoredRows<LineNote> rows;

  LineNoteRegister(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.rows = new StoredRows<>(store, DeskTable.LINE_NOTES, LineNote.class);
  }

  private static String prefix(CrateName name, CrateVersion version) {
    return name.collisionKey() + ' ' + version.text() + '/';
  }

  private static String key(CrateName name, CrateVersion version, int number) {
    return prefix(name, version) + "%08d".formatted(number);
  }

  /// A place in the new text of a file.
  ///
  /// @param file the path and the content of the file
  /// @param line the line, from 1
  record Place(ChangedFile file, int line) {}

  /// Returns the notes of a version, in the order of their numbers.
  List<LineNote> list(CrateName name, CrateVersion version) {
    return rows.list(prefix(name, version), MAX_NOTES).stream().map(StoredRows.Row::value).toList();
  }

  /// Returns the notes of some persons on an artifact for an exported audit. Notes beyond
  /// [#MAX_EXPORTED] are counted. Persons are compared as where two of them must agree
  /// ([Decision#person(String)]).
  List<String> texts(CrateId id, Collection<String> names) {
    Set<String> persons = names.stream().map(Decision::person).collect(Collectors.toSet());
    List<String> texts = new ArrayList<>();
    int length = 0;
    int more = 0;
    for (LineNote note : list(id.name(), id.version())) {
      if (note.cksum().equals(id.cksum()) && persons.contains(Decision.person(note.person()))) {
        String text =
            "%s:%d (%s): %s".formatted(note.path(), note.line(), note.person(), note.text());
        length += text.length();
        if (length <= MAX_EXPORTED) {
          texts.add(text);
        } else {
          more++;
        }
      }
    }
    if (more > 0) {
      texts.add("%d more notes".formatted(more));
    }
    return texts;
  }

  /// Adds a note.
  ///
  /// @throws MalformedException if the text is blank or too long, or if the version has too many
  ///   notes
  LineNote add(String person, CrateId id, Place place, String text) {
    if (text.isBlank() || text.length() > LineNote.MAX_TEXT) {
      throw new MalformedException(
          "cannot add the note: expected a text of 1 to %d characters, found %d"
              .formatted(LineNote.MAX_TEXT, text.strip().length()));
    }
    return store.serially(
        WriteScope.notes(id.name()),
        () -> {
          List<LineNote> notes = list(id.name(), id.version());
          if (notes.size() >= MAX_NOTES) {
            throw new MalformedException(
                "cannot add the note: expected at most %d notes of one version, found %d; remove one"
                    .formatted(MAX_NOTES, notes.size() + 1));
          }
          int number = notes.isEmpty() ? 1 : notes.getLast().number() + 1;
          LineNote note =
              new LineNote(
                  number,
                  person,
                  clock.instant(),
                  id.name(),
                  id.version(),
                  id.cksum(),
                  place.file().path(),
                  place.file().content(),
                  place.line(),
                  text);
          store.commit(Batch.synced(List.of(rows.put(key(id.name(), id.version(), number), note))));
          return note;
        });
  }

  /// Removes a note of its author, under each name of this person ([Decision#person(String)]).
  /// After a decision on the version it is part of the review and stays.
  ///
  /// @return the removed note, or empty if there is no such note
  /// @throws MalformedException if another person wrote it, or a decision is later than it
  Optional<LineNote> remove(String person, CrateName name, CrateVersion version, int number) {
    return store.serially(
        WriteScope.notes(name),
        () -> {
          Optional<LineNote> found = rows.find(key(name, version, number));
          found.ifPresent(
              note -> {
                requireRemovable(note, person);
                store.commit(Batch.synced(List.of(rows.drop(key(name, version, number)))));
              });
          return found;
        });
  }

  private void requireRemovable(LineNote note, String person) {
    if (!Decision.person(note.person()).equals(Decision.person(person))) {
      throw new MalformedException(
          "cannot remove the note: expected a note of %s, found one of %s; its author can remove it"
              .formatted(person, note.person()));
    }
    Instant latest =
        store.recordedDecisions(note.name()).stream()
            .filter(decision -> decision.id().version().equals(note.version()))
            .map(Decision::at)
            .max(Instant::compareTo)
            .orElse(Instant.MIN);
    if (!latest.isBefore(note.at())) {
      throw new MalformedException(
          "cannot remove the note: expected no decision after it, found one of %s; add another note instead"
              .formatted(latest));
    }
  }
}
