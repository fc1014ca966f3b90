package lazaret.web.review;

import java.util.List;
import lazaret.web.diff.FoldView;
import lazaret.web.diff.PartView;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.RowView;

/// The code of a review.
///
/// @param meter the meter
/// @param found the lines with the text that the visitor searches
/// @param order the files to read
/// @param part the files from the first row of the page on
/// @param opened the equal lines that the page shows in front of a hunk
/// @param folds the files that need no reading
/// @param rest further files
/// @param addresses the addresses of forms and parts
public record CodeView(
    MeterView meter,
    FoundLinesView found,
    List<OrderItem> order,
    PartView part,
    Opened opened,
    List<FoldView> folds,
    Rest rest,
    Addresses addresses) {
  public CodeView {
    order = List.copyOf(order);
    folds = List.copyOf(folds);
  }

  /// A file in the list of files to read.
  ///
  /// @param file the file
  /// @param insertions the number of added lines
  /// @param deletions the number of removed lines
  /// @param address the address of its difference
  public record OrderItem(ReviewFile file, long insertions, long deletions, String address) {}

  /// Equal lines that the page shows in front of a hunk.
  ///
  /// @param hunk the id of the hunk; empty if none are shown
  /// @param id the id of the lines
  /// @param rows the lines
  public record Opened(String hunk, String id, List<RowView> rows) {
    /// No lines.
    public static final Opened NONE = new Opened("", "", List.of());

    public Opened {
      rows = List.copyOf(rows);
    }
  }

  /// Files besides those that are listed.
  ///
  /// @param toRead the number of files to read
  /// @param unread the number of changed files that need no reading
  /// @param folds the address of further folded files; empty if all are listed
  /// @param equal the number of files that equal those of the base
  /// @param equalReason the reason for which they need no reading
  /// @param compared the number of files that are compared; equal to `toCompare` if all are
  /// @param toCompare the number of files to compare
  /// @param again the address of this page, for a look at the present state
  public record Rest(
      int toRead,
      int unread,
      String folds,
      int equal,
      String equalReason,
      int compared,
      int toCompare,
      String again) {
    /// Returns whether some files are not compared yet.
    public boolean isPending() {
      return compared < toCompare;
    }
  }

  /// The addresses of forms and parts.
  ///
  /// @param reading the address of the form of hunks that are read
  /// @param hunks the address of a part with one hunk, without its id
  /// @param base the base that is compared; the version itself for none
  /// @param from the first row of the page
  /// @param then the versions to review afterwards; empty if there are none
  public record Addresses(String reading, String hunks, String base, String from, String then) {}
}
