package lazaret.vetting.review;

import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.review.hunk.DiffText;
import lazaret.vetting.review.hunk.HunkList;
import lazaret.vetting.review.hunk.HunkReader;
import lazaret.vetting.review.hunk.HunkSearch;
import org.jspecify.annotations.Nullable;

/// The two texts of a file. If all lines of both end with a carriage return, as on Windows, the
/// returns are left out.
///
/// @param before text of the base; without lines if there is none
/// @param after text of the reviewed version; without lines if there is none
record TextPair(TextLines before, TextLines after) {
  /// Reads two contents.
  ///
  /// @param source whether to treat them as text regardless of their bytes
  /// @return the texts, or empty if the bytes are not text
  static Optional<TextPair> of(@Nullable Bytes before, @Nullable Bytes after, boolean source) {
    Optional<TextLines> old = lines(before, source);
    Optional<TextLines> young = lines(after, source);
    return old.flatMap(a -> young.map(b -> new TextPair(a, b)));
  }

  private static Optional<TextLines> lines(@Nullable Bytes content, boolean source) {
    return content == null ? Optional.of(TextLines.NONE) : TextLines.of(content, source);
  }

  /// Returns the number of lines of both texts.
  long lines() {
    return (long) before.lines().size() + after.lines().size();
  }

  private boolean windows() {
    return (before.windows() || before.lines().isEmpty())
        && (after.windows() || after.lines().isEmpty());
  }

  /// Compares the texts. The budget is that of one file, so that the result does not depend on the
  /// order in which files are compared.
  HunkList compare(DiffLimits limits) {
    boolean windows = windows();
    List<String> old = (windows ? before.withoutReturns() : before).comparable();
    List<String> young = (windows ? after.withoutReturns() : after).comparable();
    var diff = new LineDiff(limits);
    return HunkList.of(old, young, diff.edits(old, young));
  }

  /// Returns a search in the rows of a comparison.
  HunkSearch search(HunkList hunks) {
    boolean windows = windows();
    return new HunkSearch(
        hunks,
        (windows ? before.withoutReturns() : before).lines(),
        (windows ? after.withoutReturns() : after).lines());
  }

  /// Returns a reader of the rows of a comparison.
  ///
  /// @param lineChars the maximum number of displayed characters of a line
  /// @param shownChars the number of displayed characters after which a window ends
  HunkReader reader(HunkList hunks, String path, int lineChars, int shownChars) {
    boolean windows = windows();
    DiffText.Language language = DiffText.Language.of(path);
    return new HunkReader(
        hunks,
        DiffText.of(before.lines(), before.ends(), windows, language),
        DiffText.of(after.lines(), after.ends(), windows, language),
        lineChars,
        shownChars);
  }
}
