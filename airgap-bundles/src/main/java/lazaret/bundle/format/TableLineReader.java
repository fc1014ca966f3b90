package lazaret.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;

/// A reader of the lines of a compressed table. The file must be one gzip member without additional
/// data, whose uncompressed length equals the signed one. One line is in memory. Not thread-safe;
/// the caller closes it.
public final class TableLineReader implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};
  private static final int TRAILER = 8;
  private static final int BUFFER = 64 << 10;

  private final InputStream in;
  private final String what;
  private final long length;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[BUFFER];
  private final byte[] plain = new byte[BUFFER];

  /// The beginning of a line that continues after the current buffer, sized for the longest such
  /// line.
  private byte[] begun = new byte[0];

  private int at;
  private int end;
  private int remaining;
  private long inflated;

  /// Creates a reader.
  ///
  /// @param in the compressed table; closed with this reader
  /// @param what the name of the table, for messages
  /// @param length the signed uncompressed length in bytes
  /// @throws BundleException `table-malformed` if the gzip header is not that of a table
  /// @throws IOException if the stream throws it
  public TableLineReader(InputStream in, String what, long length) throws IOException {
    this.in = in;
    this.what = what;
    this.length = length;
    if (!Arrays.equals(in.readNBytes(HEADER.length), HEADER)) {
      throw malformed("expected it to begin as gzip without name and time");
    }
  }

  /// Reads the next line.
  ///
  /// @param most the largest length of the line in bytes
  /// @return the line without its line break, or empty at the end of the file
  /// @throws BundleException `table-malformed`; `limit-exceeded` if the line or the table is longer
  ///   than permitted
  /// @throws IOException if the stream throws it
  public Optional<Bytes> line(int most) throws IOException {
    int length = 0;
    while (true) {
      if (at == end && !fill()) {
        if (length > 0) {
          throw malformed("the last line is cut off");
        }
        return Optional.empty();
      }
      int from = at;
      int stop = from;
      while (stop < end && plain[stop] != '\n') {
        stop++;
      }
      int found = stop - from;
      if ((long) length + found > most) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read %s: a line has more than %d bytes".formatted(what, most));
      }
      at = stop;
      if (stop < end) {
        at++;
        byte[] line = new byte[length + found];
        System.arraycopy(begun, 0, line, 0, length);
        System.arraycopy(plain, from, line, length, found);
        return Optional.of(Bytes.of(line));
      }
      if (begun.length < length + found) {
        begun = Arrays.copyOf(begun, Math.max(2 * begun.length, length + found));
      }
      System.arraycopy(plain, from, begun, length, found);
      length += found;
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = 0;
    try {
      while (!inflater.finished()) {
        int read = inflater.inflate(plain);
        if (read > 0) {
          inflated += read;
          if (inflated > length) {
            throw new BundleException(
                BundleCode.LIMIT_EXCEEDED,
                "cannot read %s: it unpacks to more than the %d bytes that are signed"
                    .formatted(what, length));
          }
          crc.update(plain, 0, read);
          end = read;
          return true;
        }
        if (inflater.needsInput()) {
          remaining = in.read(packed);
          if (remaining <= 0) {
            throw malformed("the compressed data is cut off");
          }
          inflater.setInput(packed, 0, remaining);
        } else if (inflater.needsDictionary()) {
          throw malformed("the compressed data requires a dictionary");
        }
      }
    } catch (DataFormatException e) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read " + what + ": its compressed data is damaged",
          e);
    }
    finish();
    return false;
  }

  /// Checks the trailer after the compressed data, once.
  private void finish() throws IOException {
    if (remaining < 0) {
      return;
    }
    int left = inflater.getRemaining();
    byte[] trailer =
        Arrays.copyOfRange(packed, remaining - left, remaining - left + Math.min(left, TRAILER));
    int held = trailer.length;
    trailer = Arrays.copyOf(trailer, TRAILER);
    int read = held + in.readNBytes(trailer, held, TRAILER - held);
    long sum = little(trailer, 0);
    long size = little(trailer, 4);
    if (read < TRAILER || sum != crc.getValue() || size != (inflated & 0xffff_ffffL)) {
      throw malformed("its checksum or length is wrong");
    }
    if (left > TRAILER || in.read() >= 0) {
      throw malformed("something follows the compressed data");
    }
    if (inflated != length) {
      throw malformed("it unpacks to %d bytes, %d are signed".formatted(inflated, length));
    }
    remaining = -1;
  }

  private static long little(byte[] bytes, int offset) {
    long value = 0;
    for (int i = 3; i >= 0; i--) {
      value = value << 8 | (bytes[offset + i] & 0xff);
    }
    return value;
  }

  private BundleException malformed(String found) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED, "cannot read %s: %s".formatted(what, found));
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
