package lazaret.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import lazaret.vetting.Bytes;

/// Compression of test data, with the same bytes in every run.
public final class Gzip {
  private Gzip() {}

  /// Returns one gzip member (RFC 1952) without name and time.
  public static Bytes member(byte[] data) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compress in memory", e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Returns a gzip member that unpacks to a head, zeros and a tail. The unpacked data is never in
  /// memory.
  public static Bytes bomb(byte[] head, long zeros, byte[] tail) {
    var out = new ByteArrayOutputStream();
    byte[] chunk = new byte[64 * 1024];
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(head);
      for (long left = zeros; left > 0; left -= chunk.length) {
        gzip.write(chunk, 0, (int) Math.min(left, chunk.length));
      }
      gzip.write(tail);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compress in memory", e);
    }
    return Bytes.of(out.toByteArray());
  }

  /// Returns the decompressed data of all members.
  public static byte[] decompress(Bytes compressed) {
    try (var gzip = new GZIPInputStream(compressed.inputStream())) {
      return gzip.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot decompress test data", e);
    }
  }

  /// Returns the parts, concatenated.
  public static Bytes concat(Bytes... parts) {
    var out = new ByteArrayOutputStream();
    for (Bytes part : parts) {
      out.writeBytes(part.array());
    }
    return Bytes.of(out.toByteArray());
  }
}
