package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A part of one file that a person read: the whole content, all changed lines, or some hunks and
/// lines.
///
/// @param path the path of the file in the list of files
/// @param content the SHA-256 of the content that was shown; that of the base if the file was
///   removed
/// @param baseContent the SHA-256 of the content with which it was compared; null if the content
///   did not change, or if one of both versions lacks the file
/// @param all whether the whole content was shown, not only the difference
/// @param changed whether all changed lines were shown; the only mark of a difference without lines
/// @param hunks the numbers of the hunks, from 1
/// @param after other lines of the reviewed version that were shown
/// @param before other lines of the base that were shown
public record ReadMarkInfo(
    String path,
    Sha256 content,
    @Nullable Sha256 baseContent,
    boolean all,
    boolean changed,
    List<Long> hunks,
    List<LineRangeInfo> after,
    List<LineRangeInfo> before) {
  public ReadMarkInfo {
    hunks = List.copyOf(hunks);
    after = List.copyOf(after);
    before = List.copyOf(before);
  }
}
