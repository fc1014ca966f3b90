package lazaret.vetting.reading;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.CodeDelta;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.review.FileDigest;
import lazaret.vetting.review.FileSummary;
import lazaret.vetting.review.FileSummary.Change;
import lazaret.vetting.review.FileSummary.Form;
import lazaret.vetting.review.hunk.HunkList;
import lazaret.vetting.review.hunk.HunkRange;
import lazaret.vetting.review.hunk.LineEdit;
import org.jspecify.annotations.Nullable;

/// One file of a difference with its lines to read.
///
/// A removed file is read as the content that is removed. A file that is new, or whose role alone
/// changed, is read as a whole. A file that cannot be shown as text counts as one line, which is
/// read with the whole file.
///
/// @param path the path in the list of files
/// @param role the role in which the server finds the content
/// @param content the SHA-256 of the content to read
/// @param base the SHA-256 of the content with which it is compared; null if there is none
/// @param isText whether it is shown as text
/// @param hunks the lines of each hunk, in order
record ChangedFile(
    String path,
    ContentRole role,
    Sha256 content,
    @Nullable Sha256 base,
    boolean isText,
    List<ReadLines> hunks) {
  ChangedFile {
    hunks = List.copyOf(hunks);
  }

  /// Returns a file of a difference, which is compared before if necessary.
  ///
  /// @throws lazaret.vetting.MalformedException if no file has the path
  static ChangedFile of(CodeDelta delta, String path) {
    HunkList list = delta.hunks(path);
    FileSummary file = delta.file(path);
    FileDigest before = file.content().before();
    FileDigest after = file.content().after();
    FileSummary.Amount amount = Objects.requireNonNull(file.amount());
    boolean compared = file.change() == Change.CHANGED && before != null && after != null;
    List<ReadLines> hunks = new ArrayList<>();
    for (HunkRange hunk : list.hunks()) {
      hunks.add(lines(file.change(), list, hunk));
    }
    return new ChangedFile(
        path,
        file.role(),
        content(file),
        compared ? Objects.requireNonNull(before).sha256() : null,
        amount.form() == Form.TEXT,
        hunks);
  }

  /// Returns the SHA-256 of the content to read of a file.
  static Sha256 content(FileSummary file) {
    FileDigest after = file.content().after();
    return (after == null ? Objects.requireNonNull(file.content().before()) : after).sha256();
  }

  /// Returns the number of lines to read of a file that is compared, as [#count()].
  static long count(FileSummary file) {
    return Objects.requireNonNull(file.amount()).form() == Form.TEXT ? file.lines() : 1;
  }

  private static ReadLines lines(Change change, HunkList list, HunkRange hunk) {
    return switch (change) {
      case MOVED, ROLE, EQUAL -> new ReadLines(LineRangeSet.first(hunk.rows()), LineRangeSet.NONE);
      case REMOVED -> new ReadLines(old(list.changes(hunk)), LineRangeSet.NONE);
      case ADDED, CHANGED -> new ReadLines(young(list.changes(hunk)), old(list.changes(hunk)));
    };
  }

  private static LineRangeSet old(List<LineEdit> edits) {
    return new LineRangeSet(
        edits.stream()
            .filter(edit -> edit.deletions() > 0)
            .map(edit -> new LineRange(edit.oldFrom() + 1, edit.oldTo()))
            .toList());
  }

  private static LineRangeSet young(List<LineEdit> edits) {
    return new LineRangeSet(
        edits.stream()
            .filter(edit -> edit.insertions() > 0)
            .map(edit -> new LineRange(edit.newFrom() + 1, edit.newTo()))
            .toList());
  }

  /// Returns the lines to read.
  ReadLines lines() {
    return new ReadLines(all(ReadLines::after), all(ReadLines::before));
  }

  private LineRangeSet all(Function<ReadLines, LineRangeSet> side) {
    return new LineRangeSet(
        hunks.stream().flatMap(hunk -> side.apply(hunk).ranges().stream()).toList());
  }

  /// Returns the number of lines to read; 1 if the file is not shown as text.
  long count() {
    return isText ? hunks.stream().mapToLong(ReadLines::count).sum() : 1;
  }
}
