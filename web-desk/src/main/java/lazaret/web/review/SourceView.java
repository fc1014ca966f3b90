package lazaret.web.review;

import java.util.List;
import lazaret.vetting.deskapi.crates.VersionReply;
import lazaret.vetting.deskapi.reading.ReaderInfo;
import lazaret.web.diff.FileView;
import lazaret.web.diff.ReviewFile;
import lazaret.web.diff.RowView;
import org.jspecify.annotations.Nullable;

/// The content of the page of one file of a version.
///
/// @param version the version
/// @param file the file
/// @param lines the lines of the page, with findings in front of their lines
/// @param notice the content of a file without lines; null if it has lines or is empty
/// @param size the size
/// @param sha256 the SHA-256 as 64 hex digits
/// @param readers the persons who read the content, in any version
/// @param marking what the page allows to mark
/// @param pages the further pages of a long file
public record SourceView(
    VersionReply version,
    ReviewFile file,
    List<RowView> lines,
    FileView.@Nullable ContentView notice,
    String size,
    String sha256,
    List<ReaderInfo> readers,
    Marking marking,
    Pages pages) {
  public SourceView {
    lines = List.copyOf(lines);
    readers = List.copyOf(readers);
  }

  /// The marking of a file as read.
  ///
  /// @param whole whether the visitor may mark the whole file here: the page has its end, and cuts
  ///   no line
  /// @param cut the number of lines of the page that are shown in part
  public record Marking(boolean whole, long cut) {}

  /// The further pages of a long file.
  ///
  /// @param total the number of lines of the file
  /// @param before the address of the page before; empty if there is none
  /// @param after the address of the next page; empty if there is none
  public record Pages(int total, String before, String after) {}
}
