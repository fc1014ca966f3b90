package lazaret.git.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The headers of the file of a tree: a tar archive of one form, in which everything but paths,
/// modes and lengths is constant. A reader makes the expected header and compares it.
///
/// The mode of a header is that of Git. A link is a file whose content is its target, so that no
/// program that unpacks the archive follows it.
public final class GitTreeHeader {
  /// The size of a block, in bytes.
  public static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final int CHECKSUM = 148;
  private static final String LONG_NAME = "././@LongLink";

  private GitTreeHeader() {}

  /// Returns the blocks before the content of an entry.
  static byte[] of(String path, GitTreeEntry.Kind kind, long length) {
    return of(path, "0" + kind.mode(), length);
  }

  /// Returns the blocks before the content of a file.
  ///
  /// @param mode the mode, seven octal digits
  public static byte[] of(String path, String mode, long length) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (name.length > NAME) {
      byte[] ended = Arrays.copyOf(name, name.length + 1);
      out.writeBytes(
          block(LONG_NAME.getBytes(StandardCharsets.US_ASCII), "0000000", ended.length, 'L'));
      out.writeBytes(Arrays.copyOf(ended, ended.length + padding(ended.length)));
    }
    out.writeBytes(block(name, mode, length, '0'));
    return out.toByteArray();
  }

  private static byte[] block(byte[] name, String mode, long length, char type) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, Math.min(name.length, NAME));
    put(block, 100, mode);
    put(block, 108, "0000000");
    put(block, 116, "0000000");
    put(block, 124, "%011o".formatted(length));
    put(block, 136, "00000000000");
    block[156] = (byte) type;
    put(block, 257, "ustar  ");
    Arrays.fill(block, CHECKSUM, CHECKSUM + 8, (byte) ' ');
    int sum = 0;
    for (byte each : block) {
      sum += each & 0xff;
    }
    put(block, CHECKSUM, "%06o\0 ".formatted(sum));
    return block;
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }

  /// Returns the number of zeros after content of a length.
  public static int padding(long length) {
    return (int) (-length & (BLOCK - 1));
  }
}
