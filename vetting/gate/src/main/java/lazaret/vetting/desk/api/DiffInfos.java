package lazaret.vetting.desk.api;

import java.util.List;
import java.util.Locale;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.CodeDeltaService.Prepared;
import lazaret.vetting.deskapi.diff.DiffAmountInfo;
import lazaret.vetting.deskapi.diff.DiffContentInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffFoundLineInfo;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffPartInfo;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRoleInfo;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.inspect.literal.FileKind;
import lazaret.vetting.inspect.syntax.SyntaxKind;
import lazaret.vetting.review.ContentRole;
import lazaret.vetting.review.DeltaSearch;
import lazaret.vetting.review.FileSummary;
import lazaret.vetting.review.RoleSummary;
import lazaret.vetting.review.UnreadReason;
import lazaret.vetting.review.hunk.DiffLine;
import lazaret.vetting.review.hunk.FoundLine;
import lazaret.vetting.review.hunk.HiddenKind;
import lazaret.vetting.review.hunk.HunkRange;
import lazaret.vetting.review.hunk.HunkSearch;
import lazaret.vetting.review.hunk.LinePart;
import lazaret.vetting.text.Printable;

/// The conversion of values about the difference of code to records of the API.
final class DiffInfos {
  private static final int BEFORE = 60;
  private static final int EXCERPT = 160;

  private DiffInfos() {}

  static DiffSubjectInfo subject(Prepared prepared) {
    CrateId crate = prepared.crate();
    CrateId base = prepared.base();
    return new DiffSubjectInfo(
        crate.name(),
        crate.version(),
        crate.cksum(),
        base == null ? null : base.version(),
        base == null ? null : base.cksum());
  }

  static DiffRoleInfo role(RoleSummary role) {
    return new DiffRoleInfo(
        role(role.role()), role.files(), role.lines(), role.readFiles(), role.readLines());
  }

  static DiffFileInfo file(FileSummary file) {
    return new DiffFileInfo(
        file.path(),
        file.formerPath(),
        change(file.change()),
        role(file.role()),
        file.gained(),
        CrateInfos.optional(file.unread(), DiffInfos::unread),
        content(file.content()),
        CrateInfos.optional(file.amount(), amount -> amount(file, amount)));
  }

  private static DiffContentInfo content(FileSummary.Content content) {
    return new DiffContentInfo(
        CrateInfos.optional(content.before(), ReviewInfos::digest),
        CrateInfos.optional(content.after(), ReviewInfos::digest),
        kind(content.kind()));
  }

  private static DiffAmountInfo amount(FileSummary file, FileSummary.Amount amount) {
    return new DiffAmountInfo(
        form(amount.form()),
        amount.insertions(),
        amount.deletions(),
        amount.moved(),
        file.lines(),
        amount.hunks(),
        amount.rows());
  }

  static DiffHunkInfo hunk(HunkRange hunk) {
    return new DiffHunkInfo(
        hunk.number(),
        hunk.oldFrom(),
        hunk.oldCount(),
        hunk.newFrom(),
        hunk.newCount(),
        hunk.changed(),
        hunk.firstRow(),
        hunk.rows());
  }

  static DiffFoundLineInfo found(DeltaSearch.Line found, DeltaSearch search) {
    FoundLine line = found.line();
    return new DiffFoundLineInfo(
        found.path(),
        line.hunk(),
        line.hunkRow(),
        line.row(),
        line.moved(),
        line.oldLine() == 0 ? null : line.oldLine(),
        line.newLine() == 0 ? null : line.newLine(),
        excerpt(line.text(), HunkSearch.indexOf(line.text(), search.words())));
  }

  /// Returns the part of a line around the text, with visible escapes.
  private static String excerpt(String line, int at) {
    int from = at <= BEFORE ? 0 : at - BEFORE;
    if (from > 0 && Character.isLowSurrogate(line.charAt(from))) {
      from++;
    }
    int to = Math.min(line.length(), from + EXCERPT);
    String shown = Printable.escaped(line.substring(from, to).strip(), EXCERPT);
    return (from > 0 ? ".. " : "") + shown + (to < line.length() ? " .." : "");
  }

  static DiffLineInfo line(DiffLine line) {
    return switch (line) {
      case DiffLine.Equal(int oldLine, int newLine, List<LinePart> parts) ->
          new DiffLineInfo.Equal(oldLine, newLine, parts(parts), unended(parts));
      case DiffLine.Removed(int oldLine, int paired, List<LinePart> parts) ->
          new DiffLineInfo.Removed(oldLine, paired, parts(parts), unended(parts));
      case DiffLine.Added(int newLine, int paired, List<LinePart> parts) ->
          new DiffLineInfo.Added(newLine, paired, parts(parts), unended(parts));
      case DiffLine.Moved(int oldLine, int newLine, int count) ->
          new DiffLineInfo.Moved(oldLine, newLine, count);
    };
  }

  private static boolean unended(List<LinePart> parts) {
    return !parts.isEmpty() && parts.getLast() instanceof LinePart.NoEnd;
  }

  private static List<DiffPartInfo> parts(List<LinePart> parts) {
    return parts.stream()
        .filter(part -> !(part instanceof LinePart.NoEnd))
        .map(DiffInfos::part)
        .toList();
  }

  private static DiffPartInfo part(LinePart part) {
    return switch (part) {
      case LinePart.Plain plain ->
          new DiffPartInfo.Text(
              plain.text(),
              CrateInfos.optional(plain.syntax(), DiffInfos::syntax),
              plain.changed());
      case LinePart.Hidden hidden ->
          new DiffPartInfo.Hidden(
              hides(hidden.kind()),
              hidden.codePoints().stream()
                  .map(c -> String.format(Locale.ROOT, "U+%04X", c))
                  .toList(),
              hidden.changed());
      case LinePart.Cut cut -> new DiffPartInfo.Cut(cut.bytes(), cut.changed());
      case LinePart.NoEnd _ -> throw new IllegalStateException("an end has no record of its own");
    };
  }

  private static DiffRole role(ContentRole role) {
    return switch (role) {
      case BUILD_SCRIPT -> DiffRole.BUILD_SCRIPT;
      case MACRO -> DiffRole.MACRO;
      case MANIFEST -> DiffRole.MANIFEST;
      case RUNTIME -> DiffRole.RUNTIME;
      case TEST -> DiffRole.TEST;
      case DATA -> DiffRole.DATA;
    };
  }

  private static DiffFileInfo.Change change(FileSummary.Change change) {
    return switch (change) {
      case ADDED -> DiffFileInfo.Change.ADDED;
      case REMOVED -> DiffFileInfo.Change.REMOVED;
      case CHANGED -> DiffFileInfo.Change.CHANGED;
      case MOVED -> DiffFileInfo.Change.MOVED;
      case ROLE -> DiffFileInfo.Change.ROLE;
      case EQUAL -> DiffFileInfo.Change.EQUAL;
    };
  }

  private static DiffFileInfo.Unread unread(UnreadReason reason) {
    return switch (reason) {
      case NOT_USED -> DiffFileInfo.Unread.NOT_USED;
      case NOT_INCLUDED -> DiffFileInfo.Unread.NOT_INCLUDED;
      case ONLY_TESTS -> DiffFileInfo.Unread.ONLY_TESTS;
      case MOVED -> DiffFileInfo.Unread.MOVED;
      case EQUAL -> DiffFileInfo.Unread.EQUAL;
    };
  }

  private static DiffAmountInfo.Form form(FileSummary.Form form) {
    return switch (form) {
      case TEXT -> DiffAmountInfo.Form.TEXT;
      case BINARY -> DiffAmountInfo.Form.BINARY;
      case TOO_LONG -> DiffAmountInfo.Form.TOO_LONG;
    };
  }

  private static DiffContentInfo.Kind kind(FileKind kind) {
    return switch (kind) {
      case EXECUTABLE -> DiffContentInfo.Kind.EXECUTABLE;
      case LIBRARY -> DiffContentInfo.Kind.LIBRARY;
      case COMPRESSED -> DiffContentInfo.Kind.COMPRESSED;
      case OTHER -> DiffContentInfo.Kind.OTHER;
    };
  }

  private static DiffPartInfo.Syntax syntax(SyntaxKind kind) {
    return switch (kind) {
      case KEYWORD -> DiffPartInfo.Syntax.KEYWORD;
      case STRING -> DiffPartInfo.Syntax.STRING;
      case COMMENT -> DiffPartInfo.Syntax.COMMENT;
      case ATTRIBUTE -> DiffPartInfo.Syntax.ATTRIBUTE;
      case NUMBER -> DiffPartInfo.Syntax.NUMBER;
    };
  }

  private static DiffPartInfo.Hides hides(HiddenKind kind) {
    return switch (kind) {
      case BIDIRECTIONAL -> DiffPartInfo.Hides.BIDIRECTIONAL;
      case INVISIBLE -> DiffPartInfo.Hides.INVISIBLE;
      case CONTROL -> DiffPartInfo.Hides.CONTROL;
      case FOREIGN_LETTER -> DiffPartInfo.Hides.FOREIGN_LETTER;
    };
  }
}
