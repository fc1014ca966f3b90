package lazaret.detonation;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The writer of the pages of a version as one stream. It has for each file the length of its path
/// in two bytes, the path, the length in four bytes and the bytes; at the end a path of no bytes.
/// Numbers have their most significant byte first.
public final class PageStreamWriter {
  /// The maximum number of files.
  public static final int MAX_FILES = 20_000;

  /// The maximum length of the stream, in bytes.
  public static final long MAX_BYTES = 256L << 20;

  /// The maximum length of one file, in bytes.
  public static final int MAX_FILE = 32 << 20;

  /// The maximum length of a path, in bytes.
  public static final int MAX_PATH = 512;

  private static final int CHUNK = 64 << 10;

  private PageStreamWriter() {}

  /// Writes the files of a folder, by path. Links and special files are left out, and so are files
  /// beyond a limit: a page that is missing is better than none.
  ///
  /// @return the number of files that were left out
  /// @throws IOException if a file cannot be read, or the stream cannot be written
  public static int write(Path folder, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    int left = 0;
    int files = 0;
    long room = MAX_BYTES - 2;
    for (Path file : files(folder)) {
      byte[] path = folder.relativize(file).toString().getBytes(StandardCharsets.UTF_8);
      long length = Files.size(file);
      if (files == MAX_FILES
          || path.length > MAX_PATH
          || length > MAX_FILE
          || length + path.length + 6 > room) {
        left++;
        continue;
      }
      out.writeShort(path.length);
      out.write(path);
      out.writeInt((int) length);
      copy(file, length, out);
      files++;
      room -= length + path.length + 6;
    }
    out.writeShort(0);
    out.flush();
    return left;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw new IOException("a folder cannot be read: " + e.getMessage(), e);
    }
  }

  /// Copies exactly as many bytes as were announced: the folder is that of a build that has ended,
  /// whose processes are gone.
  private static void copy(Path file, long length, OutputStream out) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long rest = length;
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      while (rest > 0) {
        int read = in.read(chunk, 0, (int) Math.min(chunk.length, rest));
        if (read < 0) {
          throw new IOException("the file '%s' became shorter".formatted(file));
        }
        out.write(chunk, 0, read);
        rest -= read;
      }
    }
  }
}
