package lazaret.web.diff;

import java.util.List;
import java.util.stream.IntStream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.diff.DiffAmountInfo;
import lazaret.vetting.deskapi.diff.DiffContentInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo.Change;
import lazaret.vetting.deskapi.diff.DiffHunkInfo;
import lazaret.vetting.deskapi.diff.DiffLineInfo;
import lazaret.vetting.deskapi.diff.DiffPartInfo;
import lazaret.vetting.deskapi.diff.DiffReply;
import lazaret.vetting.deskapi.diff.DiffRole;
import lazaret.vetting.deskapi.diff.DiffRoleInfo;
import lazaret.vetting.deskapi.diff.DiffRowsReply;
import lazaret.vetting.deskapi.diff.DiffSubjectInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import org.jspecify.annotations.Nullable;

/// Differences for tests.
public final class DiffSamples {
  public static final CrateName NAME = CrateName.parse("zstd-sys");
  public static final CrateVersion VERSION = CrateVersion.parse("2.1.3+zstd.1.5.7");
  public static final CrateVersion BASE = CrateVersion.parse("2.1.2+zstd.1.5.7");
  public static final Sha256 CKSUM = Sha256.parse("f7".repeat(32));
  public static final DiffSubjectInfo SUBJECT =
      new DiffSubjectInfo(NAME, VERSION, CKSUM, BASE, Sha256.parse("ba".repeat(32)));
  public static final Sha256 BEFORE = Sha256.parse("0b".repeat(32));
  public static final Sha256 AFTER = Sha256.parse("0a".repeat(32));

  private DiffSamples() {}

  /// Returns a changed file with two lines that must be read.
  public static DiffFileInfo buildScript() {
    return file("build.rs", DiffRole.BUILD_SCRIPT, null, amount(1, 1));
  }

  public static DiffFileInfo file(
      String path,
      DiffRole role,
      DiffFileInfo.@Nullable Unread unread,
      @Nullable DiffAmountInfo amount) {
    DiffContentInfo content =
        new DiffContentInfo(
            new FileDigestInfo(800, BEFORE),
            new FileDigestInfo(912, AFTER),
            DiffContentInfo.Kind.OTHER);
    return new DiffFileInfo(path, null, Change.CHANGED, role, false, unread, content, amount);
  }

  public static DiffAmountInfo amount(long insertions, long deletions) {
    return new DiffAmountInfo(
        DiffAmountInfo.Form.TEXT, insertions, deletions, 0, insertions + deletions, 1, 4);
  }

  /// Returns a file of a form without lines.
  public static DiffFileInfo binary(String path) {
    return file(
        path,
        DiffRole.BUILD_SCRIPT,
        null,
        new DiffAmountInfo(DiffAmountInfo.Form.BINARY, 0, 0, 0, 0, 0, 0));
  }

  public static DiffReply reply(boolean complete, DiffFileInfo... files) {
    return new DiffReply(
        SUBJECT,
        complete,
        List.of(
            new DiffRoleInfo(DiffRole.BUILD_SCRIPT, 1, 2, 1, 2),
            new DiffRoleInfo(DiffRole.DATA, 1, 177, 0, 0)),
        0,
        files.length,
        List.of(files));
  }

  /// Returns the rows of one hunk: a line, a pair, and an added line.
  public static DiffRowsReply rows(DiffFileInfo file) {
    return new DiffRowsReply(
        SUBJECT,
        file,
        List.of(new DiffHunkInfo(1, 12, 2, 12, 3, 3, 0, 4)),
        0,
        null,
        List.of(
            equal(12, 12, "fn main() {"),
            new DiffLineInfo.Removed(
                13,
                13,
                List.of(
                    new DiffPartInfo.Text(".flag(", null, false),
                    new DiffPartInfo.Text("\"a\"", DiffPartInfo.Syntax.STRING, true)),
                false),
            new DiffLineInfo.Added(
                13,
                13,
                List.of(
                    new DiffPartInfo.Text(".flag(", null, false),
                    new DiffPartInfo.Text("\"b\"", DiffPartInfo.Syntax.STRING, true)),
                false),
            added(14, "<script>alert(1)</script>")));
  }

  /// Returns the first 600 rows of a hunk of 700 rows.
  public static DiffRowsReply longHunk() {
    RowWindow window = window(700, 0, 600);
    return new DiffRowsReply(SUBJECT, window.file(), window.hunks(), 0, 600, window.rows());
  }

  public static DiffLineInfo equal(int old, int now, String text) {
    return new DiffLineInfo.Equal(old, now, text(text), false);
  }

  public static DiffLineInfo added(int line, String text) {
    return new DiffLineInfo.Added(line, 0, text(text), false);
  }

  /// Returns an added line that is too long to be shown as a whole.
  public static DiffLineInfo cut(int line) {
    return new DiffLineInfo.Added(
        line,
        0,
        List.of(new DiffPartInfo.Text("start", null, false), new DiffPartInfo.Cut(48_213, false)),
        false);
  }

  public static DiffLineInfo removed(int line, int paired) {
    return new DiffLineInfo.Removed(line, paired, text("old"), false);
  }

  public static List<DiffPartInfo> text(String text) {
    return List.of(new DiffPartInfo.Text(text, null, false));
  }

  /// Returns a window with one hunk of added lines.
  ///
  /// @param rows the rows of the hunk
  /// @param from the index of the first row of the window
  /// @param count the rows of the window
  public static RowWindow window(int rows, int from, int count) {
    return new RowWindow(
        buildScript(),
        List.of(new DiffHunkInfo(1, 0, 0, 1, rows, rows, 0, rows)),
        from,
        IntStream.range(from, from + count).mapToObj(i -> added(i + 1, "x")).toList(),
        from + count == rows);
  }
}
