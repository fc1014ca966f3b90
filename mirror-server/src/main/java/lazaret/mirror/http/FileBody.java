package lazaret.mirror.http;

import lazaret.site.store.SiteFile;

/// A body that is read from a file while it is sent.
///
/// @param file the file
/// @param from the position of the first byte
/// @param length the number of bytes
public record FileBody(SiteFile file, long from, long length) {
  /// Checks the range.
  ///
  /// @throws IllegalArgumentException if the file does not have these bytes
  public FileBody {
    if (from < 0 || length < 0 || from > file.length() - length) {
      throw new IllegalArgumentException(
          "%d bytes from %d of a file of %d bytes".formatted(length, from, file.length()));
    }
  }

  /// Returns the whole file as a body.
  public static FileBody of(SiteFile file) {
    return new FileBody(file, 0, file.length());
  }
}
