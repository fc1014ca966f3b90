package lazaret.vetting.deskapi.diff;

import lazaret.vetting.deskapi.review.FileDigestInfo;
import org.jspecify.annotations.Nullable;

/// The bytes of a file.
///
/// @param before the file of the base; null if it was added
/// @param after the file of the reviewed version; null if it was removed
/// @param kind the kind by the first bytes
public record DiffContentInfo(
    @Nullable FileDigestInfo before, @Nullable FileDigestInfo after, Kind kind) {
  /// The kinds of files.
  public enum Kind {
    /// A program, library or object.
    EXECUTABLE,
    /// An archive of objects.
    LIBRARY,
    /// A compressed file.
    COMPRESSED,
    /// Any other file.
    OTHER
  }
}
