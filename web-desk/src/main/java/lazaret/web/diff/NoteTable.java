package lazaret.web.diff;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.reading.LineNoteInfo;
import lazaret.vetting.deskapi.reading.LineNotesReply;
import lazaret.vetting.deskapi.reading.LineNotesRequest;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.web.PageRequest;
import lazaret.web.WebVisitor;

/// The notes on the lines of a version. Immutable.
///
/// @param notes the notes, oldest first
/// @param person the name of the visitor, who can remove own notes
/// @param address the address to which forms of notes are sent
/// @param query the query of the page, with its question mark
public record NoteTable(List<LineNoteInfo> notes, String person, String address, String query) {
  public NoteTable {
    notes = List.copyOf(notes);
  }

  /// Fetches the notes of a version; none if they are not visible.
  public static NoteTable fetch(PageRequest request, ReviewQuery query) {
    LineNotesReply reply =
        ReviewContext.maybe(
            request, ReadingOperations.NOTES, new LineNotesRequest(query.name(), query.version()));
    String person = request.visitor() instanceof WebVisitor.SignedIn one ? one.name() : "";
    String from = request.query().text("from").orElse(PartPosition.START.toString());
    String page = query.page("from", from);
    return new NoteTable(
        reply == null ? List.of() : reply.notes(),
        person,
        query.versionAddress() + "/notes",
        page.substring(page.indexOf('?')));
  }

  /// Returns the rows of the notes on the lines of a hunk.
  public List<RowView> rows(ReviewFile file, HunkLines hunk) {
    FileDigestInfo after = file.info().content().after();
    if (after == null) {
      return List.of();
    }
    Sha256 content = after.sha256();
    return notes.stream()
        .filter(note -> note.path().equals(file.info().path()) && note.content().equals(content))
        .filter(note -> hunk.now().from() <= note.line() && note.line() <= hunk.now().to())
        .map(this::row)
        .toList();
  }

  /// Returns the row of a note.
  public RowView row(LineNoteInfo note) {
    String remove =
        note.person().equals(person)
            ? "%s/%d/remove%s".formatted(address, note.number(), query)
            : "";
    return new RowView.Note(
        note.number(), note.person(), note.line(), note.at(), note.text(), remove);
  }
}
