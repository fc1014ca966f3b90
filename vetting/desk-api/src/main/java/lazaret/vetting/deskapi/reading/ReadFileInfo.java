package lazaret.vetting.deskapi.reading;

import java.util.List;

/// The marks of the caller in one file of the difference.
///
/// @param path the path of the file in the list of files
/// @param lines the number of lines to read
/// @param marked the number of those that the caller marked, whether they count or not
/// @param hunks the numbers of the hunks that are marked as a whole, from 1
/// @param after the marked lines of the content in hunks that are marked in part
/// @param before the marked lines of the base in hunks that are marked in part
/// @param read whether the content of the file counts as read
public record ReadFileInfo(
    String path,
    long lines,
    long marked,
    List<Long> hunks,
    List<LineRangeInfo> after,
    List<LineRangeInfo> before,
    boolean read) {
  public ReadFileInfo {
    hunks = List.copyOf(hunks);
    after = List.copyOf(after);
    before = List.copyOf(before);
  }
}
