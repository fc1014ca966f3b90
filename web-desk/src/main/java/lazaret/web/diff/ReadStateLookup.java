package lazaret.web.diff;

import java.util.List;
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

  /// Records that the visitor has read a hunk, or has not.
  ///
  /// @param file the file of the hunk
  /// @param hunk the lines
  /// @param read whether they are read
  /// @return the state afterwards
  /// @throws lazaret.web.PageProblem if nothing was recorded
  public static ReadState mark(
      ReviewContext context, DiffFileInfo file, HunkLines hunk, boolean read) {
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
                    List.of(mark(file, hunk))));
    return ReadState.of(difference, reply);
  }

  private static ReadMarkInfo mark(DiffFileInfo file, HunkLines hunk) {
    DiffContentInfo content = file.content();
    FileDigestInfo before = content.before();
    FileDigestInfo after = content.after();
    FileDigestInfo shown = after == null ? before : after;
    if (shown == null) {
      throw new IllegalStateException("the file has no content");
    }
    boolean compared =
        file.change() == DiffFileInfo.Change.CHANGED && before != null && after != null;
    // The only hunk of a file without lines has no number on the server.
    boolean numbered = hunk.whole() && hunk.number() > 0;
    return new ReadMarkInfo(
        file.path(),
        shown.sha256(),
        compared && before != null ? before.sha256() : null,
        false,
        numbered ? List.of((long) hunk.number()) : List.of(),
        hunk.whole() ? List.of() : ranges(after == null ? hunk.old() : hunk.now()),
        hunk.whole() || after == null ? List.of() : ranges(hunk.old()));
  }

  private static List<LineRangeInfo> ranges(HunkLines.Lines lines) {
    return lines.isEmpty() ? List.of() : List.of(new LineRangeInfo(lines.from(), lines.to()));
  }
}
