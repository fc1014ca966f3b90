package lazaret.vetting.archive;

import java.util.zip.CRC32;

/// The header of a gzip member (RFC 1952, clause 2.3). The optional parts are allowed: real crates
/// contain a file name.
final class GzipHeader {
  private static final int FIXED = 10;
  private static final int HEADER_CRC = 0x02;
  private static final int EXTRA = 0x04;
  private static final int NAME = 0x08;
  private static final int COMMENT = 0x10;
  private static final int RESERVED = 0xe0;

  /// The length of the longest name or comment that cargo's reader accepts.
  private static final int MAX_TEXT = 65_535;

  private GzipHeader() {}

  /// Returns the offset of the compressed data.
  ///
  /// @throws BrokenArchiveException if there is no header, or one that cargo's reader refuses
  static int end(byte[] file) {
    if (file.length < 2 || file[0] != 0x1f || file[1] != (byte) 0x8b) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.NOT_GZIP, "expected the bytes 1f 8b at the beginning");
    }
    require(file, FIXED);
    if (file[2] != 8) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.NOT_GZIP, "the compression method is not deflate");
    }
    int flags = file[3] & 0xff;
    if ((flags & RESERVED) != 0) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.NOT_GZIP, "reserved flags are set in the header");
    }
    int end = FIXED;
    if ((flags & EXTRA) != 0) {
      require(file, end + 2);
      end += 2 + littleEndian(file, end);
      require(file, end);
    }
    if ((flags & NAME) != 0) {
      end = afterText(file, end);
    }
    if ((flags & COMMENT) != 0) {
      end = afterText(file, end);
    }
    if ((flags & HEADER_CRC) != 0) {
      require(file, end + 2);
      checkCrc(file, end);
      end += 2;
    }
    return end;
  }

  private static int afterText(byte[] file, int start) {
    for (int i = start; i < file.length; i++) {
      if (file[i] == 0) {
        return i + 1;
      }
      if (i - start == MAX_TEXT) {
        throw new BrokenArchiveException(
            ArchiveProblemCode.NOT_GZIP, "a text in the header is too long");
      }
    }
    throw truncated();
  }

  private static void checkCrc(byte[] file, int end) {
    var crc = new CRC32();
    crc.update(file, 0, end);
    if ((crc.getValue() & 0xffff) != littleEndian(file, end)) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.NOT_GZIP, "the header's own checksum is wrong");
    }
  }

  private static int littleEndian(byte[] file, int offset) {
    return (file[offset] & 0xff) | (file[offset + 1] & 0xff) << 8;
  }

  private static void require(byte[] file, int length) {
    if (file.length < length) {
      throw truncated();
    }
  }

  private static BrokenArchiveException truncated() {
    return new BrokenArchiveException(
        ArchiveProblemCode.GZIP_TRUNCATED, "the bytes end within the gzip header");
  }
}
