package lazaret.vetting.deskapi.diff;

import java.util.List;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// Some rows of the difference of one file.
///
/// @param subject the two artifacts
/// @param file the file
/// @param hunks the hunks of the rows
/// @param from the index of the first row, from 0
/// @param next the index of the row after the last one; null if there are no more
/// @param rows the rows
public record DiffRowsReply(
    @Inline DiffSubjectInfo subject,
    DiffFileInfo file,
    List<DiffHunkInfo> hunks,
    int from,
    @Nullable Integer next,
    List<DiffLineInfo> rows) {
  public DiffRowsReply {
    hunks = List.copyOf(hunks);
    rows = List.copyOf(rows);
  }
}
