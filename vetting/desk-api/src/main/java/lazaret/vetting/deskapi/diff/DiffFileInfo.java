package lazaret.vetting.deskapi.diff;

import org.jspecify.annotations.Nullable;

/// One file of a difference.
///
/// @param path the path in the reviewed version; that in the base if the file was removed
/// @param formerPath the path in the base; null if it is the same
/// @param change the change
/// @param role the role of the content
/// @param gained whether the file has a capability that no source of its role had in the base
/// @param unread the reason for which the file need not be read; null if it must be read
/// @param content the sizes and digests
/// @param amount the amount of text; null if the file is not compared yet
public record DiffFileInfo(
    String path,
    @Nullable String formerPath,
    Change change,
    DiffRole role,
    boolean gained,
    @Nullable Unread unread,
    DiffContentInfo content,
    @Nullable DiffAmountInfo amount) {
  /// The changes of files.
  public enum Change {
    /// Only the reviewed version has the file.
    ADDED,
    /// Only the base has the file.
    REMOVED,
    /// The content differs.
    CHANGED,
    /// The same content has another path.
    MOVED,
    /// The path is the same, and the role is more dangerous than before. All of the content must be
    /// read, whether it is the same or not.
    ROLE,
    /// Path and content are the same.
    EQUAL
  }

  /// The reasons for which a file need not be read.
  public enum Unread {
    /// Cargo does not use the file.
    NOT_USED,
    /// A text that no source includes.
    NOT_INCLUDED,
    /// A test, example or benchmark that no other source uses.
    ONLY_TESTS,
    /// The same content under another path, in no more dangerous role.
    MOVED,
    /// The same bytes as in the base, in no more dangerous role.
    EQUAL
  }
}
