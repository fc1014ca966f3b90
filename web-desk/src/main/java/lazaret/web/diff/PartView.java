package lazaret.web.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of the code of a review.
///
/// @param files the files, with at most 600 rows in all
/// @param next the link to the next part; null after the last one
/// @param rows the number of rows
public record PartView(List<FileView> files, HunkView.@Nullable PartLink next, int rows) {
  public PartView {
    files = List.copyOf(files);
  }
}
