package lazaret.web.diff;

import org.jspecify.annotations.Nullable;

/// A file that needs no reading, with the reason.
///
/// @param id the id of the file
/// @param path the path
/// @param amount the number of changed lines with its noun; the kind of a binary file
/// @param binary whether the content is not text
/// @param reason the reason, one sentence
/// @param link the link that opens the difference
/// @param content the difference; null if it is not open
public record FoldView(
    String id,
    String path,
    String amount,
    boolean binary,
    String reason,
    HunkView.PartLink link,
    @Nullable Content content) {
  /// The content of a folded file.
  ///
  /// @param view the file
  /// @param next the link to further rows; null if there are none
  public record Content(FileView view, HunkView.@Nullable PartLink next) {}
}
