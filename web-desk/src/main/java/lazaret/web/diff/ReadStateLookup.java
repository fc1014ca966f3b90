package lazaret.web.diff;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.ReadingOperations;
import lazaret.vetting.deskapi.diff.DiffContentInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.deskapi.reading.LineRangeInfo;
import lazaret.vetting.deskapi.reading.ReadMarkInfo;
import lazaret.vetting.deskapi.reading.ReadMarkRequest;
import lazaret.vetting.deskapi.reading.ReadStateReply;
import lazaret.vetting.deskapi.reading.ReadStateRequest;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.web.PageRequest;

/// The read ledger of the desk for the page of a review: which hunks of a difference the visitor
/// has read.
public final class ReadStateLookup {
  private ReadStateLookup() {}

  /// Returns what the visitor has read of a difference; nothing if that is not known.
  ///
  /// @param difference the files of the difference
  public static ReadState state(PageRequest request, DiffReply difference) {
    DiffSubjectInfo subject = difference.subject();
    ReadStateReply reply =
        ReviewContext.maybe(
            request,
            ReadingOperations.READING,
            new ReadStateRequest(subject.name(), subject.version(), base(subject)));
    return reply == null ? ReadState.none(difference) : ReadState.of(difference, reply);
  }

  /// Returns the base as a request names it: the version itself if there is none.
  private static CrateVersion base(DiffSubjectInfo subject) {
    return subject.base() == null ? subject.version() : subject.base();
  }

  /// Records that the visitor has read a hunk, or has not. Lines that are cut are not read.
  ///
  /// @param file the file of the hunk
  /// @param hunk the lines
  /// @param read whether they are read
  /// @return the state afterwards
  /// @throws MalformedException if no line to read is shown as a whole
  /// @throws lazaret.web.PageProblem if nothing was recorded
  public static ReadState mark(
      ReviewContext context, DiffFileInfo file, HunkLines hunk, boolean read) {
    if (read && hunk.cut().all()) {
      throw new MalformedException(
          "cannot mark the lines: expected lines that are shown as a whole, found cut ones; read the page of the whole file and mark it there");
    }
    DiffReply difference = context.files().summary();
    DiffSubjectInfo subject = difference.subject();
    ReadStateReply reply =
        context
            .request()
            .call(
                ReadingOperations.MARK_READ,
                new ReadMarkRequest(
                    subject.name(),
                    subject.version(),
                    base(subject),
                    !read,
                    List.of(mark(file, hunk, read ? hunk.cut() : HunkLines.CutLines.NONE))));
    return ReadState.of(difference, reply);
  }

  /// Returns the mark of a hunk.
  ///
  /// @param cut the lines that it leaves out
  private static ReadMarkInfo mark(DiffFileInfo file, HunkLines hunk, HunkLines.CutLines cut) {
    DiffContentInfo content = file.content();
    FileDigestInfo before = content.before();
    FileDigestInfo after = content.after();
    FileDigestInfo shown = after == null ? before : after;
    if (shown == null) {
      throw new IllegalStateException("the file has no content");
    }
    boolean compared =
        file.change() == DiffFileInfo.Change.CHANGED && before != null && after != null;
    boolean whole = hunk.whole() && cut.isEmpty();
    // The only hunk of a file without lines has no number on the server.
    boolean numbered = whole && hunk.number() > 0;
    List<LineRangeInfo> old = whole ? List.of() : ranges(hunk.old(), cut.old());
    List<LineRangeInfo> now = whole ? List.of() : ranges(hunk.now(), cut.now());
    return new ReadMarkInfo(
        file.path(),
        shown.sha256(),
        compared && before != null ? before.sha256() : null,
        false,
        whole && !numbered,
        numbered ? List.of((long) hunk.number()) : List.of(),
        after == null ? old : now,
        after == null ? List.of() : old);
  }

  private static List<LineRangeInfo> ranges(HunkLines.Lines lines, List<Integer> cut) {
    List<LineRangeInfo> ranges = new ArrayList<>();
    int from = lines.from();
    for (int line : cut) {
      if (from < line) {
        ranges.add(new LineRangeInfo(from, line - 1));
      }
      from = line + 1;
    }
    if (from <= lines.to()) {
      ranges.add(new LineRangeInfo(from, lines.to()));
    }
    return ranges;
  }
}
