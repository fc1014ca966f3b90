package lazaret.git.tree;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lazaret.vetting.MalformedException;

/// A writer of the file of a tree. Entries are added in the order of their paths. For one thread.
public final class GitTreeWriter implements AutoCloseable {
  /// The maximum number of entries of a tree.
  public static final int MAX_ENTRIES = 200_000;

  /// The maximum size of all contents of a tree, in bytes.
  public static final long MAX_BYTES = 1L << 30;

  private static final int CHUNK = 64 << 10;

  private final OutputStream out;
  private String last = "";
  private int entries;
  private long bytes;

  /// Creates a writer of a new file.
  ///
  /// @throws IOException if the file exists, or cannot be created
  public GitTreeWriter(Path file) throws IOException {
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            CHUNK);
  }

  /// Adds an entry.
  ///
  /// @param content a stream that has at least `length` bytes, of which these are read
  /// @throws MalformedException if the tree exceeds a limit, its paths are not in order, or the
  ///   content is shorter
  /// @throws IOException if the file cannot be written
  public void add(String path, GitTreeEntry.Kind kind, long length, InputStream content)
      throws IOException {
    bytes += length;
    if (++entries > MAX_ENTRIES || bytes > MAX_BYTES) {
      throw new MalformedException(
          "cannot use the tree: expected at most %d entries with %d bytes, found more"
              .formatted(MAX_ENTRIES, MAX_BYTES));
    }
    if (GitTreePath.compare(last, path) >= 0) {
      throw new MalformedException("cannot use the tree: a path is there twice, or out of order");
    }
    last = path;
    out.write(GitTreeHeader.of(path, kind, length));
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, length))];
    for (long left = length; left > 0; ) {
      int read = content.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (read < 0) {
        throw new MalformedException("cannot use the tree: a content ends early");
      }
      out.write(chunk, 0, read);
      left -= read;
    }
    out.write(new byte[GitTreeHeader.padding(length)]);
  }

  /// Ends the file.
  ///
  /// @throws IOException if it cannot be written
  public void finish() throws IOException {
    out.write(new byte[2 * GitTreeHeader.BLOCK]);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
