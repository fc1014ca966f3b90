package lazaret.vetting.archive;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A decompressor of the first gzip member of a byte string (RFC 1952).
///
/// The JDK's `GZIPInputStream` continues with further members and does not report the end of the
/// first one; cargo reads exactly one. Holds native memory until closed. Not thread-safe.
final class GzipMember implements AutoCloseable {
  private static final int TRAILER = 8;

  private final byte[] file;
  private final long limit;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] buffer = new byte[64 * 1024];
  private int position;
  private int filled;
  private long unpacked;
  private int bytesAfter;
  private boolean ended;

  /// Starts reading.
  ///
  /// @param limit the maximum number of decompressed bytes
  /// @throws BrokenArchiveException if there is no gzip header
  GzipMember(byte[] file, long limit) {
    this.file = file;
    this.limit = limit;
    int data = GzipHeader.end(file);
    inflater.setInput(file, data, file.length - data);
  }

  /// Returns the number of bytes decompressed so far.
  long unpacked() {
    return unpacked;
  }

  /// Returns the number of bytes after the member; known once [#read] has returned -1.
  int bytesAfter() {
    return bytesAfter;
  }

  /// Reads some bytes.
  ///
  /// @return the number of bytes, at least one; or -1 after the last one, when CRC-32 and length
  ///   have been verified
  /// @throws BrokenArchiveException if the member is damaged, truncated or over the limit
  int read(byte[] target, int offset, int length) {
    if (position == filled && !fill()) {
      return -1;
    }
    int count = Math.min(length, filled - position);
    System.arraycopy(buffer, position, target, offset, count);
    position += count;
    return count;
  }

  /// Skips bytes.
  ///
  /// @return the number of bytes still to skip when the member ended; 0 if all were present
  /// @throws BrokenArchiveException under the conditions of [#read]
  long skip(long count) {
    long left = count;
    while (left > 0 && (position < filled || fill())) {
      int step = (int) Math.min(left, filled - position);
      position += step;
      left -= step;
    }
    return left;
  }

  private boolean fill() {
    if (ended) {
      return false;
    }
    position = 0;
    filled = inflate();
    if (filled == 0) {
      ended = true;
      checkTrailer();
      return false;
    }
    crc.update(buffer, 0, filled);
    unpacked += filled;
    if (unpacked > limit) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.TOO_LARGE_UNPACKED,
          "expected at most " + limit + " bytes, found more");
    }
    return true;
  }

  private int inflate() {
    try {
      int count = inflater.inflate(buffer);
      while (count == 0 && !inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new BrokenArchiveException(
              ArchiveProblemCode.GZIP_CORRUPT, "the data asks for a dictionary");
        }
        if (inflater.needsInput()) {
          throw new BrokenArchiveException(
              ArchiveProblemCode.GZIP_TRUNCATED, "the compressed data ends too early");
        }
        count = inflater.inflate(buffer);
      }
      return count;
    } catch (DataFormatException e) {
      String reason = e.getMessage() == null ? "invalid data" : e.getMessage();
      throw new BrokenArchiveException(
          ArchiveProblemCode.GZIP_CORRUPT, "cannot inflate: " + reason);
    }
  }

  private void checkTrailer() {
    int left = inflater.getRemaining();
    if (left < TRAILER) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.GZIP_TRUNCATED, "expected a trailer of 8 bytes, found " + left);
    }
    int trailer = file.length - left;
    if (littleEndian(trailer) != crc.getValue()) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.GZIP_CORRUPT, "the CRC-32 in the trailer is not that of the data");
    }
    if (littleEndian(trailer + 4) != (unpacked & 0xffffffffL)) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.GZIP_CORRUPT, "the length in the trailer is not that of the data");
    }
    bytesAfter = left - TRAILER;
  }

  private long littleEndian(int offset) {
    return (file[offset] & 0xffL)
        | (file[offset + 1] & 0xffL) << 8
        | (file[offset + 2] & 0xffL) << 16
        | (file[offset + 3] & 0xffL) << 24;
  }

  @Override
  public void close() {
    inflater.end();
  }
}
