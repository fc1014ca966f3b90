package lazaret.vetting.deskapi.review;

import org.jspecify.annotations.Nullable;

/// The difference of one file.
///
/// @param path the path in the newer artifact; that in the older one if the file was removed
/// @param formerPath the path in the older artifact; null if it is the same
/// @param change the change
/// @param role the role of the file in a build
/// @param form the form in which the difference is shown
/// @param insertions the number of added lines
/// @param deletions the number of removed lines
/// @param before the older file; null if it was added
/// @param after the newer file; null if it was removed
/// @param text the unified difference from the first `@@`, made printable; null if it is not shown
///   line by line
public record FileDiffInfo(
    String path,
    @Nullable String formerPath,
    Change change,
    Role role,
    Form form,
    long insertions,
    long deletions,
    @Nullable FileDigestInfo before,
    @Nullable FileDigestInfo after,
    @Nullable String text) {
  /// The changes of files.
  public enum Change {
    /// Only the newer artifact has the file.
    ADDED,
    /// Only the older artifact has the file.
    REMOVED,
    /// The content differs.
    CHANGED,
    /// The same content has another path.
    MOVED
  }

  /// The roles of files in a build, in the order in which to read them.
  public enum Role {
    /// The build script, or a file that it names.
    BUILD_SCRIPT,
    /// A manifest.
    MANIFEST,
    /// A source file that the compiler reads.
    SOURCE,
    /// Any other file.
    OTHER,
    /// A test, an example, a benchmark or a document.
    NOT_BUILT
  }

  /// The forms in which a difference is shown.
  public enum Form {
    /// All lines that differ.
    LINES,
    /// The path alone: the content is the same.
    SAME_BYTES,
    /// Size and SHA-256: the file is not text.
    BINARY,
    /// Size and SHA-256: the file is generated.
    LONG_LINES,
    /// Size and SHA-256: the file is too long.
    TOO_LONG,
    /// The count of lines: the limit of the reply is reached.
    OVER_LIMIT
  }
}
