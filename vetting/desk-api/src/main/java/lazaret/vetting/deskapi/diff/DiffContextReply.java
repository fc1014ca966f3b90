package lazaret.vetting.deskapi.diff;

import java.util.List;
import lazaret.vetting.json.Inline;

/// Equal lines of one file.
///
/// @param subject the two artifacts
/// @param path the path of the file
/// @param rows the equal lines of the range; others are left out
public record DiffContextReply(
    @Inline DiffSubjectInfo subject, String path, List<DiffLineInfo> rows) {
  public DiffContextReply {
    rows = List.copyOf(rows);
  }
}
