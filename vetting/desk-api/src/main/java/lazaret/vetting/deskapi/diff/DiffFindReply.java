package lazaret.vetting.deskapi.diff;

import java.util.List;
import lazaret.vetting.json.Inline;
import org.jspecify.annotations.Nullable;

/// The lines of a difference that contain a text.
///
/// @param subject the two artifacts
/// @param found the lines in reading order, at most 200
/// @param omitted the number of further lines of the last file that was searched
/// @param next the index of the file with which the search continues; null if all files were
///   searched. A reply ends after 200 lines or 1.5 seconds
public record DiffFindReply(
    @Inline DiffSubjectInfo subject,
    List<DiffFoundLineInfo> found,
    long omitted,
    @Nullable Integer next) {
  public DiffFindReply {
    found = List.copyOf(found);
  }
}
