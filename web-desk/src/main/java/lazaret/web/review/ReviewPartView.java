package lazaret.web.review;

import java.util.List;
import lazaret.web.diff.FoldView;
import lazaret.web.diff.HunkView;
import lazaret.web.diff.PartView;
import lazaret.web.diff.RowView;
import org.jspecify.annotations.Nullable;

/// A part of a review for the module of script. One of the values is present.
///
/// @param split whether both versions are next to each other
/// @param further the next files and hunks
/// @param hunk one hunk
/// @param equal equal lines in front of a hunk
/// @param fold a file that needs no reading
/// @param rows rows of a hunk; empty if the part is another one
/// @param message the reason of a failure
public record ReviewPartView(
    boolean split,
    @Nullable PartView further,
    @Nullable HunkView hunk,
    CodeView.@Nullable Opened equal,
    FoldView.@Nullable Content fold,
    List<RowView> rows,
    @Nullable String message) {
  public ReviewPartView {
    rows = List.copyOf(rows);
  }

  static ReviewPartView rows(boolean split, List<RowView> rows) {
    return new ReviewPartView(split, null, null, null, null, rows, null);
  }

  static ReviewPartView further(boolean split, PartView part) {
    return new ReviewPartView(split, part, null, null, null, List.of(), null);
  }

  static ReviewPartView hunk(boolean split, HunkView hunk) {
    return new ReviewPartView(split, null, hunk, null, null, List.of(), null);
  }

  static ReviewPartView equal(boolean split, CodeView.Opened equal) {
    return new ReviewPartView(split, null, null, equal, null, List.of(), null);
  }

  static ReviewPartView fold(boolean split, FoldView.Content fold) {
    return new ReviewPartView(split, null, null, null, fold, List.of(), null);
  }

  static ReviewPartView message(String message) {
    return new ReviewPartView(false, null, null, null, null, List.of(), message);
  }
}
