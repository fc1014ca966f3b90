package lazaret.git.tree;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// The file of a tree, as [GitTreeWriter] makes it. Every byte is checked when it is opened, so a
/// file from another machine is as good as one from here. Thread-safe.
///
/// The hash of a tree is the SHA-256 of `lazaret-tree/1`, a line feed and, for each entry in the
/// order of the bytes of the paths, `MODE LENGTH SHA256 PATH` and a zero byte.
public final class GitTreeFile implements AutoCloseable {
  private static final String HASHED = "lazaret-tree/1\n";
  private static final int CHUNK = 64 << 10;
  private static final byte[] END = new byte[2 * GitTreeHeader.BLOCK];

  private final FileChannel channel;
  private final SequencedMap<String, GitTreeEntry> entries;
  private final Sha256 hash;

  private GitTreeFile(
      FileChannel channel, SequencedMap<String, GitTreeEntry> entries, Sha256 hash) {
    this.channel = channel;
    this.entries = entries;
    this.hash = hash;
  }

  /// Opens a file and reads all of it.
  ///
  /// @throws MalformedException if it is not the file of a tree
  /// @throws IOException if it cannot be read
  public static GitTreeFile open(Path file) throws IOException {
    SequencedMap<String, GitTreeEntry> entries = new LinkedHashMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), CHUNK)) {
      new Parser(in, entries).run();
    }
    return new GitTreeFile(FileChannel.open(file), entries, hash(entries));
  }

  private static Sha256 hash(SequencedMap<String, GitTreeEntry> entries) {
    Sha256.Hasher hasher = new Sha256.Hasher();
    hasher.update(ByteBuffer.wrap(HASHED.getBytes(StandardCharsets.UTF_8)));
    for (GitTreeEntry entry : entries.values()) {
      String line =
          "%s %d %s %s\0"
              .formatted(entry.kind().mode(), entry.length(), entry.sha256(), entry.path());
      hasher.update(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    }
    return hasher.finish();
  }

  /// Returns the entries by path, in the order of the bytes of the paths.
  public SequencedMap<String, GitTreeEntry> entries() {
    return Collections.unmodifiableSequencedMap(entries);
  }

  /// Returns the hash of the tree.
  public Sha256 hash() {
    return hash;
  }

  /// Returns the content of an entry.
  ///
  /// @param most the maximum length
  /// @throws MalformedException if it is longer
  /// @throws IOException if the file cannot be read
  public Bytes content(GitTreeEntry entry, int most) throws IOException {
    if (entry.length() > most) {
      throw new MalformedException(
          "cannot read '%s': expected at most %d bytes, found %d"
              .formatted(entry.path(), most, entry.length()));
    }
    ByteBuffer buffer = ByteBuffer.allocate((int) entry.length());
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, entry.offset() + buffer.position()) < 0) {
        throw new IOException("the file of a tree became shorter");
      }
    }
    return Bytes.of(buffer.array());
  }

  /// Writes the content of an entry to a stream, through a buffer.
  ///
  /// @throws IOException if the file cannot be read, or the stream not be written
  public void copy(GitTreeEntry entry, OutputStream to) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, entry.length())));
    long left = entry.length();
    while (left > 0) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), left));
      int read = channel.read(chunk, entry.offset() + entry.length() - left);
      if (read < 0) {
        throw new IOException("the file of a tree became shorter");
      }
      to.write(chunk.array(), 0, read);
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /// A reader of the whole file. It makes the header that an entry must have, and compares.
  private static final class Parser {
    private final InputStream in;
    private final SequencedMap<String, GitTreeEntry> entries;
    private long position;
    private long bytes;
    private String last = "";

    Parser(InputStream in, SequencedMap<String, GitTreeEntry> entries) {
      this.in = in;
      this.entries = entries;
    }

    void run() throws IOException {
      byte[] block = block();
      while (block[0] != 0) {
        entry(block);
        block = block();
      }
      byte[] end = Arrays.copyOf(block, END.length);
      System.arraycopy(block(), 0, end, GitTreeHeader.BLOCK, GitTreeHeader.BLOCK);
      if (!Arrays.equals(end, END) || in.read() >= 0) {
        throw malformed("expected its end");
      }
    }

    private void entry(byte[] first) throws IOException {
      byte[] header = first;
      byte[] block = first;
      byte[] name;
      if (first[156] == 'L') {
        long length = number(first);
        if (length < 102 || length > 2_048) {
          throw malformed("expected the length of a path, found " + length);
        }
        byte[] padded = read((int) length + GitTreeHeader.padding(length));
        name = Arrays.copyOf(padded, (int) length - 1);
        block = block();
        header = joined(joined(first, padded), block);
      } else {
        name = Arrays.copyOf(first, end(first));
      }
      String path = GitTreePath.decode(name, 0, name.length);
      long length = number(block);
      String mode = new String(block, 101, 6, StandardCharsets.US_ASCII);
      GitTreeEntry.Kind kind =
          GitTreeEntry.Kind.of(mode).orElseThrow(() -> malformed("found the mode of another kind"));
      if (!Arrays.equals(header, GitTreeHeader.of(path, kind, length))
          || GitTreePath.compare(last, path) >= 0) {
        throw malformed("the header of '%s' has another form or order".formatted(path));
      }
      bytes += length;
      if (entries.size() == GitTreeWriter.MAX_ENTRIES || bytes > GitTreeWriter.MAX_BYTES) {
        throw malformed("it exceeds the limits of trees");
      }
      last = path;
      long offset = position;
      entries.put(path, new GitTreeEntry(path, kind, length, content(length), offset));
    }

    private Sha256 content(long length) throws IOException {
      Sha256.Hasher hasher = new Sha256.Hasher();
      byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(1, length))];
      for (long left = length; left > 0; ) {
        int read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
        if (read < 0) {
          throw malformed("a content ends early");
        }
        hasher.update(chunk, 0, read);
        position += read;
        left -= read;
      }
      for (byte each : read(GitTreeHeader.padding(length))) {
        if (each != 0) {
          throw malformed("found bytes after a content");
        }
      }
      return hasher.finish();
    }

    private static int end(byte[] block) {
      int end = 0;
      while (end < 100 && block[end] != 0) {
        end++;
      }
      return end;
    }

    private static long number(byte[] block) {
      long number = 0;
      for (int i = 124; i < 135; i++) {
        int digit = block[i] - '0';
        if (digit < 0 || digit > 7) {
          throw malformed("a length is not a number");
        }
        number = number * 8 + digit;
      }
      return number;
    }

    private byte[] block() throws IOException {
      return read(GitTreeHeader.BLOCK);
    }

    private byte[] read(int length) throws IOException {
      byte[] read = in.readNBytes(length);
      if (read.length != length) {
        throw malformed("it ends early");
      }
      position += length;
      return read;
    }

    private static byte[] joined(byte[] one, byte[] other) {
      byte[] joined = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, joined, one.length, other.length);
      return joined;
    }

    private static MalformedException malformed(String detail) {
      return new MalformedException("cannot read the file of a tree: " + detail);
    }
  }
}
