package lazaret.web.diff;

import java.util.List;
import lazaret.vetting.deskapi.diff.DiffAmountInfo;
import lazaret.vetting.deskapi.diff.DiffContentInfo;
import lazaret.vetting.deskapi.diff.DiffFileInfo;
import lazaret.vetting.deskapi.review.FileDigestInfo;
import lazaret.web.page.PageTime;
import org.jspecify.annotations.Nullable;

/// A file on the page of a review, or the continuation of one.
///
/// @param file the file
/// @param begins whether its first row is included; otherwise the rows continue a table
/// @param caption the caption of its table
/// @param count the lines that the visitor read
/// @param address the address of the whole file, in the base if it is removed; null if it has none
/// @param notice the content of a file without lines; null if it has lines
/// @param hunks the hunks
public record FileView(
    ReviewFile file,
    boolean begins,
    String caption,
    LineShare count,
    @Nullable String address,
    @Nullable ContentView notice,
    List<HunkView> hunks) {
  public FileView {
    hunks = List.copyOf(hunks);
  }

  /// The content of a file that cannot be shown as lines.
  ///
  /// @param kind the kind in a few words: `Binary, program or library`
  /// @param size the size
  /// @param sha256 the SHA-256 as 64 hex digits
  /// @param words what a reader can do
  public record ContentView(String kind, String size, String sha256, String words) {
    /// Returns the content of a file, or null if it has lines or is empty.
    public static @Nullable ContentView of(DiffFileInfo file, PageTime time) {
      DiffAmountInfo amount = file.amount();
      if (amount == null || amount.form() == DiffAmountInfo.Form.TEXT) {
        return null;
      }
      DiffContentInfo content = file.content();
      FileDigestInfo digest = content.after() == null ? content.before() : content.after();
      if (digest == null) {
        return null;
      }
      boolean binary = amount.form() == DiffAmountInfo.Form.BINARY;
      return new ContentView(
          binary ? binary(content) : "Too long",
          time.size(digest.size()),
          digest.sha256().hex(),
          binary
              ? "It cannot be read: ask where it comes from."
              : "It is too long to be compared: read the file of the artifact.");
    }

    private static String binary(DiffContentInfo content) {
      return switch (content.kind()) {
        case EXECUTABLE -> "Binary, program or library";
        case LIBRARY -> "Binary, archive of objects";
        case COMPRESSED -> "Binary, compressed";
        case OTHER -> "Binary";
      };
    }
  }

  /// Returns the number of added lines.
  public long insertions() {
    DiffAmountInfo amount = file.info().amount();
    return amount == null ? 0 : amount.insertions();
  }

  /// Returns the number of removed lines.
  public long deletions() {
    DiffAmountInfo amount = file.info().amount();
    return amount == null ? 0 : amount.deletions();
  }
}
