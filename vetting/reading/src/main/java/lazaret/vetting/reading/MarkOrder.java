package lazaret.vetting.reading;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An order to mark parts of a difference as read or unread.
///
/// @param person the person who read them, as named in the ledger
/// @param name the crate
/// @param version the version
/// @param base the version with which it was compared; null for that of a review
/// @param read whether the parts were read; false takes that back
/// @param files the parts, 1 to [#MAX_FILES]
record MarkOrder(
    String person,
    CrateName name,
    CrateVersion version,
    @Nullable CrateVersion base,
    boolean read,
    List<FilePart> files) {
  static final int MAX_FILES = 2_000;

  MarkOrder {
    files = List.copyOf(files);
  }

  /// The part of one file.
  ///
  /// @param path the path in the list of files
  /// @param content the SHA-256 of the content that the person saw
  /// @param base the SHA-256 of the content with which it was compared; null if there was none, or
  ///   if all of the content was shown
  /// @param all whether all of the content was shown, not only the difference
  /// @param hunks the numbers of the hunks, from 1
  /// @param lines other lines that were shown. Without hunks and lines the part is all changed
  ///   lines
  record FilePart(
      String path,
      Sha256 content,
      @Nullable Sha256 base,
      boolean all,
      List<Long> hunks,
      ReadLines lines) {
    FilePart {
      hunks = List.copyOf(hunks);
    }
  }
}
