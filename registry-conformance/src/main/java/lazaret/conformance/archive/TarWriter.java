package lazaret.conformance.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// A writer of tar files in the form of POSIX.1-1988 (ustar). It writes whatever it gets, so that
/// archives can be hostile.
public final class TarWriter {
  private static final int BLOCK = 512;
  private static final int END = 2 * BLOCK;
  private static final int NAME = 100;
  private static final byte[] MAGIC = "ustar\00000".getBytes(StandardCharsets.US_ASCII);

  private TarWriter() {}

  /// Returns a tar file with its end.
  public static byte[] tar(List<TarEntry> entries) {
    ByteArrayOutputStream out = blocks(entries);
    out.writeBytes(new byte[END]);
    return out.toByteArray();
  }

  /// Returns a compressed tar file that ends in a file of zeros. The zeros are never in memory.
  ///
  /// @param path the path of this file
  /// @param bytes its length
  public static byte[] gzipWithZeros(List<TarEntry> entries, String path, long bytes) {
    ByteArrayOutputStream plain = blocks(entries);
    plain.writeBytes(header(TarEntry.special(path, '0'), bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain.toByteArray());
      byte[] piece = new byte[1 << 20];
      // The end of a tar file is zeros, too.
      for (long left = bytes + padding(bytes) + END; left > 0; left -= piece.length) {
        gzip.write(piece, 0, (int) Math.min(left, piece.length));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static ByteArrayOutputStream blocks(List<TarEntry> entries) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (TarEntry entry : entries) {
      int length = entry.content().length;
      out.writeBytes(header(entry, length));
      out.writeBytes(entry.content());
      out.writeBytes(new byte[padding(length)]);
    }
    return out;
  }

  private static int padding(long length) {
    return (int) ((BLOCK - length % BLOCK) % BLOCK);
  }

  /// Returns compressed bytes.
  public static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return out.toByteArray();
  }

  private static byte[] header(TarEntry entry, long length) {
    byte[] header = new byte[BLOCK];
    text(header, 0, NAME, entry.path());
    text(header, 100, 8, "0000644");
    text(header, 108, 8, "0000000");
    text(header, 116, 8, "0000000");
    text(header, 124, 12, "%011o".formatted(length));
    text(header, 136, 12, "00000000001");
    Arrays.fill(header, 148, 156, (byte) ' ');
    header[156] = (byte) entry.type();
    text(header, 157, NAME, entry.link());
    System.arraycopy(MAGIC, 0, header, 257, MAGIC.length);
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    text(header, 148, 8, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void text(byte[] header, int at, int most, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(most, bytes.length));
  }
}
