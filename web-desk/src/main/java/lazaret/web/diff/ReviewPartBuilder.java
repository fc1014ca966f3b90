package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.ReviewOperations;
import lazaret.vetting.deskapi.diff.DiffContextReply;
import lazaret.vetting.deskapi.diff.DiffContextRequest;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.reading.LineNoteInfo;
import lazaret.web.FormFields;
import lazaret.web.page.PageLinks;
import org.jspecify.annotations.Nullable;

/// The parts of the code of a review: files with hunks from a row on, one hunk, one folded file,
/// equal lines. Not thread-safe.
public final class ReviewPartBuilder {
  /// The maximum number of rows of a part.
  public static final int MAX_ROWS = 600;

  private static final int MAX_EQUAL = 600;

  private final ReviewContext context;
  private final FindingTable findings;
  private final NoteTable notes;

  /// Creates a builder.
  ///
  /// @param context the material of the review
  public ReviewPartBuilder(ReviewContext context) {
    this.context = context;
    this.notes = NoteTable.fetch(context.request(), context.query());
    this.findings = context.findings();
  }

  /// Returns the files that must be read, from a row on, with at most 600 rows.
  public PartView from(PartPosition start) {
    List<FileView> views = new ArrayList<>();
    PartPosition at = start;
    int rows = 0;
    Optional<ReviewFile> file = toRead(at.file());
    while (file.isPresent() && rows < MAX_ROWS) {
      Stretch stretch = stretch(file.get(), at.row(), MAX_ROWS - rows);
      Integer next = stretch.next();
      if (next != null && next == at.row()) {
        break;
      }
      views.add(stretch.view());
      rows += Math.max(1, stretch.rows());
      at = next == null ? new PartPosition(at.file() + 1, 0) : new PartPosition(at.file(), next);
      file = toRead(at.file());
      if (next != null) {
        break;
      }
    }
    return new PartView(views, file.isPresent() ? further(at) : null, rows);
  }

  private HunkView.PartLink further(PartPosition at) {
    ReviewQuery query = context.query();
    String from = at.toString();
    return new HunkView.PartLink(
        query.here("from", from), query.part("from", from), "Next %d lines".formatted(MAX_ROWS));
  }

  private Optional<ReviewFile> toRead(int index) {
    return context.files().at(index).filter(ReviewFile::mustRead);
  }

  /// Some hunks of a file.
  ///
  /// @param view the file
  /// @param rows the number of rows
  /// @param next the row with which to continue; null at the end of the file
  private record Stretch(FileView view, int rows, @Nullable Integer next) {}

  private Stretch stretch(ReviewFile known, int row, int limit) {
    RowWindow window = window(known, new RowWindow.Span(null, row, limit));
    ReviewFile file = compared(known, window);
    List<HunkPiece> pieces = new ArrayList<>(HunkPiece.of(window));
    Integer next = window.whole() ? null : window.from() + window.rows().size();
    if (!pieces.isEmpty() && !window.whole() && !pieces.getLast().isComplete()) {
      next = pieces.getLast().firstRow();
      pieces.removeLast();
    }
    FileView.ContentView content = FileView.ContentView.of(file.info(), context.time());
    List<HunkView> hunks =
        content != null && file.mustRead()
            ? List.of(whole(file, content))
            : pieces.stream().map(piece -> hunk(file, piece, window)).toList();
    int rows = pieces.stream().mapToInt(piece -> piece.rows().size()).sum();
    return new Stretch(view(file, row == 0, hunks), rows, next);
  }

  /// Returns a file with its amount, which a list of files can lack.
  private static ReviewFile compared(ReviewFile file, RowWindow window) {
    return new ReviewFile(file.index(), file.id(), window.file());
  }

  private RowWindow window(ReviewFile file, RowWindow.Span span) {
    return RowWindow.fetch(context.request(), context.query(), file.info().path(), span);
  }

  private FileView view(ReviewFile file, boolean begins, List<HunkView> hunks) {
    ReviewQuery query = context.query();
    DiffFileInfo info = file.info();
    boolean removed = info.change() == DiffFileInfo.Change.REMOVED;
    CrateVersion version = removed ? context.files().summary().subject().base() : query.version();
    return new FileView(
        file,
        begins,
        caption(info.path()),
        context.reading().file(info),
        version == null ? null : PageLinks.file(query.name(), version, info.path(), 0),
        FileView.ContentView.of(info, context.time()),
        hunks);
  }

  private String caption(String path) {
    ReviewQuery query = context.query();
    return query.base() == null || query.version().equals(query.base())
        ? "%s of %s".formatted(path, query.version().text())
        : "%s, %s against %s".formatted(path, query.version().text(), query.base().text());
  }

  private HunkView hunk(ReviewFile file, HunkPiece piece, RowWindow window) {
    HunkId id = new HunkId(file.id(), piece.hunk().number(), piece.number());
    HunkLines span = piece.lines(file);
    HunkRows lines = new HunkRows(file, context.query().split(), findings, context.time());
    List<RowView> rows = new ArrayList<>(lines.of(piece.rows()));
    rows.addAll(notes.rows(file, span));
    if (context.request().query().text("note").filter(id.toString()::equals).isPresent()) {
      rows.add(noteForm(id, noteLine(piece, span), "", ""));
    }
    return new HunkView(
        id.toString(),
        span.words(),
        piece.changed(file),
        file.mustRead() ? file.roleCode() : null,
        file.mustRead() && context.reading().isRead(file, span, piece),
        marks(),
        file.mustRead() && !span.cut().isEmpty(),
        piece.number() == 1 ? before(id, piece, window) : null,
        span.now().isEmpty() ? null : noteLink(id),
        rows);
  }

  /// Returns the only hunk of a file without lines, which is read as a whole.
  private HunkView whole(ReviewFile file, FileView.ContentView content) {
    HunkId id = new HunkId(file.id(), 0, 1);
    return new HunkView(
        id.toString(),
        "Whole file",
        0,
        file.mustRead() ? file.roleCode() : null,
        file.mustRead() && context.reading().isRead(whole(file)),
        marks(),
        false,
        null,
        null,
        List.of(new RowView.Unreadable(content)));
  }

  private static HunkLines whole(ReviewFile file) {
    HunkLines.Lines none = new HunkLines.Lines(1, 0);
    return new HunkLines(file.info().path(), 0, true, none, none, HunkLines.CutLines.NONE);
  }

  /// Returns whether the visitor may mark lines of the crate as read, and add notes.
  private boolean marks() {
    return context.request().visitor().roles().reviews(context.query().name());
  }

  private HunkView.@Nullable PartLink noteLink(HunkId id) {
    if (!marks()) {
      return null;
    }
    ReviewQuery query = context.query();
    String at = context.request().query().text("from").orElse(PartPosition.START.toString());
    return new HunkView.PartLink(
        query.here("note", id.toString()) + "&from=" + PartPosition.parse(at) + "#" + id + "-note",
        query.part("note", id.toString()),
        "Note");
  }

  /// Returns the line of a new note as a field has it: the first added line, or else the first one.
  private static String noteLine(HunkPiece piece, HunkLines span) {
    int added = piece.firstAdded();
    if (added > 0) {
      return String.valueOf(added);
    }
    return span.now().isEmpty() ? "" : String.valueOf(span.now().from());
  }

  private String noteLine(HunkId id) {
    ReviewFile file = file(id);
    if (id.number() == 0) {
      return "";
    }
    HunkPiece piece = piece(id, around(file, id));
    return noteLine(piece, piece.lines(file));
  }

  /// Returns the form of a note on a line of a hunk.
  ///
  /// @param line the line that is typed; empty for the first added one
  /// @param text the text that is typed
  /// @param mistake the mistake; empty if there is none
  /// @throws MalformedException if there is no such hunk
  public RowView noteForm(HunkId id, String line, String text, String mistake) {
    ReviewQuery query = context.query();
    String base = query.base() == null ? "" : query.base().text();
    FormFields sent = context.request().form();
    String from =
        context
            .request()
            .query()
            .text("from")
            .or(() -> sent.text("from"))
            .orElse(PartPosition.START.toString());
    return new RowView.NoteForm(
        id.toString(),
        notes.address(),
        query.versionAddress() + "/drafts/note",
        base,
        from,
        query.thenText(),
        line.isEmpty() ? noteLine(id) : line,
        text,
        mistake);
  }

  /// Returns the row of a note.
  public RowView note(LineNoteInfo note) {
    return notes.row(note);
  }

  private HunkView.@Nullable PartLink before(HunkId id, HunkPiece piece, RowWindow window) {
    int equal = window.equalBefore(piece.hunk()).orElse(0);
    if (equal <= 0 || window.file().change() != DiffFileInfo.Change.CHANGED) {
      return null;
    }
    String words =
        equal > MAX_EQUAL
            ? "%d of %s".formatted(MAX_EQUAL, context.time().plural(equal, "equal line"))
            : context.time().plural(equal, "equal line");
    ReviewQuery query = context.query();
    return new HunkView.PartLink(
        query.here("context", id.toString()) + "#" + id,
        query.part("context", id.toString()),
        words);
  }

  /// Returns one hunk as the page has it.
  ///
  /// @throws MalformedException if there is none
  public HunkView hunk(HunkId id) {
    ReviewFile file = file(id);
    if (id.number() == 0) {
      FileView.ContentView content = FileView.ContentView.of(file.info(), context.time());
      return content == null ? hunk(new HunkId(id.file(), 1, 1)) : whole(file, content);
    }
    RowWindow window = around(file, id);
    return hunk(compared(file, window), piece(id, window), window);
  }

  /// Returns the lines of a hunk.
  ///
  /// @throws MalformedException if there is none
  public HunkLines lines(HunkId id) {
    ReviewFile file = file(id);
    return id.number() == 0 ? whole(file) : piece(id, around(file, id)).lines(file);
  }

  /// Returns the rows of a hunk, with the hunk before it.
  private RowWindow around(ReviewFile file, HunkId id) {
    RowWindow first = window(file, new RowWindow.Span(id.number(), id.firstRow(), 1));
    return window(file, new RowWindow.Span(null, first.from(), HunkId.ROWS));
  }

  private static HunkPiece piece(HunkId id, RowWindow window) {
    return HunkPiece.of(window).stream()
        .filter(piece -> piece.hunk().number() == id.number() && piece.number() == id.piece())
        .findFirst()
        .orElseThrow(() -> missing(id.toString()));
  }

  /// Returns the file of a hunk.
  ///
  /// @throws MalformedException if there is none
  public ReviewFile file(HunkId id) {
    return context.files().find(id.file()).orElseThrow(() -> missing(id.file()));
  }

  private static MalformedException missing(String id) {
    return new MalformedException(
        "cannot show a part of the review: no part has the id '%s'; open the review again"
            .formatted(id));
  }

  /// Returns the equal lines in front of a hunk, those next to it if there are more than 600.
  ///
  /// @throws MalformedException if there is no such hunk
  public List<RowView> equalLines(HunkId id) {
    ReviewFile file = file(id);
    RowWindow window = around(file, id);
    DiffHunkInfo hunk = piece(id, window).hunk();
    int end = RowWindow.start(hunk) - 1;
    int equal = Math.min(window.equalBefore(hunk).orElse(0), MAX_EQUAL);
    ReviewQuery query = context.query();
    DiffContextReply lines =
        context
            .request()
            .call(
                ReviewOperations.DIFF_CONTEXT,
                new DiffContextRequest(
                    query.name(),
                    query.version(),
                    query.base(),
                    file.info().path(),
                    end - equal + 1,
                    end));
    return new HunkRows(file, query.split(), FindingTable.NONE, context.time()).of(lines.rows());
  }

  /// Returns rows of the difference of a file that needs no reading.
  ///
  /// @param id the id of the file
  /// @param row the index of the first row, from 0
  /// @throws MalformedException if there is no such file
  public FoldView.Content fold(String id, int row) {
    ReviewFile file = context.files().find(id).orElseThrow(() -> missing(id));
    Stretch stretch = stretch(file, row, MAX_ROWS);
    Integer next = stretch.next();
    return new FoldView.Content(stretch.view(), next == null ? null : show(id, next));
  }

  private HunkView.PartLink show(String id, int row) {
    ReviewQuery query = context.query();
    String rows = row == 0 ? "" : "&row=" + row;
    return new HunkView.PartLink(
        query.here("show", id) + rows + "#" + id,
        query.part("show", id) + rows,
        row == 0 ? "Show the difference" : "Next %d rows".formatted(MAX_ROWS));
  }

  /// Returns the link that opens the difference of a file that needs no reading.
  public HunkView.PartLink show(ReviewFile file) {
    return show(file.id(), 0);
  }
}
