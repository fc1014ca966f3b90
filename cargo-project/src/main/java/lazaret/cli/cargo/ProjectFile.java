package lazaret.cli.cargo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// A reader of files that a project may have put there. It reads only regular files: a FIFO would
/// block the reader until a writer comes, and a device may never end.
public final class ProjectFile {
  private static final int TYPE_BITS = 0170000;

  private ProjectFile() {}

  /// Reads a whole regular file.
  ///
  /// @param file a path; a symbolic link is followed unless `options` has `NOFOLLOW_LINKS`
  /// @param maxBytes the maximum size in bytes
  /// @throws java.nio.file.NoSuchFileException if there is no such file
  /// @throws IOException if it is not a regular file, is larger, or cannot be read
  public static byte[] read(Path file, int maxBytes, LinkOption... options) throws IOException {
    requireRegular(file, options);
    try (InputStream in = Files.newInputStream(file, options)) {
      byte[] bytes = in.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException("expected at most %d bytes, found more".formatted(maxBytes));
      }
      return bytes;
    }
  }

  /// Checks that a file is a regular file.
  ///
  /// @throws java.nio.file.NoSuchFileException if there is no such file
  /// @throws IOException if it is not a regular file; the message names its type
  public static void requireRegular(Path file, LinkOption... options) throws IOException {
    int type = (Integer) Files.getAttribute(file, "unix:mode", options) & TYPE_BITS;
    if (type != 0100000) {
      throw new IOException("expected a regular file, found " + name(type));
    }
  }

  private static String name(int type) {
    return switch (type) {
      case 0010000 -> "a FIFO";
      case 0020000, 0060000 -> "a device";
      case 0040000 -> "a folder";
      case 0120000 -> "a symbolic link";
      case 0140000 -> "a socket";
      default -> "something else";
    };
  }
}
