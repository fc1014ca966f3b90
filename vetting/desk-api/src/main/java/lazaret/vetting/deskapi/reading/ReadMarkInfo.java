package lazaret.vetting.deskapi.reading;

import java.util.List;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A part of one file that a person read. Without hunks and lines it is all changed lines.
///
/// @param path the path of the file in the list of files
/// @param content the SHA-256 of the content that was shown; that of the base if the file was
///   removed
/// @param baseContent the SHA-256 of the content with which it was compared; null if the content
///   did not change, or if one of both versions lacks the file
/// @param all whether the whole content was shown, not only the difference
/// @param hunks the numbers of the hunks, from 1
/// @param after other lines of the reviewed version that were shown
/// @param before other lines of the base that were shown
public record ReadMarkInfo(
    String path,
    Sha256 content,
    @Nullable Sha256 baseContent,
    boolean all,
    List<Long> hunks,
    List<LineRangeInfo> after,
    List<LineRangeInfo> before) {
  public ReadMarkInfo {
    hunks = List.copyOf(hunks);
    after = List.copyOf(after);
    before = List.copyOf(before);
  }
}
