package lazaret.vetting.archive;

import java.util.Arrays;

/// One header block of a tar archive, in the forms of real crates.
///
/// These are ustar (POSIX.1-2017, *ustar Interchange Format*), GNU's older form (GNU tar manual,
/// *Basic Tar Format*), and the plain form before both. Headers that programs read differently are
/// refused. Owner, mode and times are ignored: cargo drops the owner and masks the mode, and
/// readers find the same files.
public final class TarHeader {
  /// The length of a header in bytes. The content of an entry is padded to a multiple of it.
  public static final int BLOCK = 512;

  /// The type of a file.
  public static final char FILE = '0';

  /// The type of a file in the plain form.
  public static final char OLD_FILE = '\0';

  /// The type of a directory.
  public static final char DIRECTORY = '5';

  /// The type of an extended header of GNU tar with the path of the next entry.
  public static final char GNU_LONG_NAME = 'L';

  /// The type of an extended header of POSIX with records for the next entry.
  public static final char PAX = 'x';

  private static final int MODE = 100;
  private static final int UID = 108;
  private static final int GID = 116;
  private static final int SIZE = 124;
  private static final int MTIME = 136;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;
  private static final int MAGIC_END = 265;
  private static final int NAME_END = 100;
  private static final int DEVICE_MAJOR = 329;
  private static final int DEVICE_MINOR = 337;
  private static final int PREFIX = 345;
  private static final int PREFIX_END = 500;
  private static final byte[] USTAR_MAGIC = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
  private static final byte[] GNU_MAGIC = {'u', 's', 't', 'a', 'r', ' ', ' ', 0};

  private final byte[] block;
  private final boolean ustar;
  private final boolean extensible;
  private final long size;

  private TarHeader(byte[] block) {
    this.block = block;
    this.ustar = hasMagic(USTAR_MAGIC);
    this.extensible = ustar || hasMagic(GNU_MAGIC);
    this.size = octal(SIZE, MTIME);
  }

  /// Reads a header.
  ///
  /// @param block 512 bytes, not all zero; borrowed
  /// @throws BrokenArchiveException if checksum or size are wrong or the form is ambiguous, so that
  ///   the position of the next header is unknown
  public static TarHeader parse(byte[] block) {
    checkChecksum(block);
    var header = new TarHeader(block);
    header.checkForm();
    return header;
  }

  /// Returns the type flag.
  public char type() {
    return (char) (block[TYPE] & 0xff);
  }

  /// Returns the length of the content in bytes, without padding.
  public long size() {
    return size;
  }

  /// Returns whether the form has extended headers; in the oldest form they are ordinary files.
  public boolean extensible() {
    return extensible;
  }

  /// Returns the path in the header itself.
  public byte[] path() {
    int nameEnd = end(0, NAME_END);
    int prefixEnd = ustar ? end(PREFIX, PREFIX_END) : PREFIX;
    if (prefixEnd == PREFIX) {
      return Arrays.copyOf(block, nameEnd);
    }
    int prefixLength = prefixEnd - PREFIX;
    byte[] path = new byte[prefixLength + 1 + nameEnd];
    System.arraycopy(block, PREFIX, path, 0, prefixLength);
    path[prefixLength] = '/';
    System.arraycopy(block, 0, path, prefixLength + 1, nameEnd);
    return path;
  }

  private static void checkChecksum(byte[] block) {
    long sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      boolean inField = i >= CHECKSUM && i < CHECKSUM_END;
      sum += inField ? ' ' : block[i] & 0xff;
    }
    long stated = parseOctal(block, CHECKSUM, CHECKSUM_END);
    if (stated != sum) {
      throw new BrokenArchiveException(
          ArchiveProblemCode.HEADER_CHECKSUM,
          "expected " + sum + ", found " + (stated < 0 ? "no number" : "" + stated));
    }
  }

  private void checkForm() {
    if (!extensible && !isZero(MAGIC, BLOCK)) {
      throw malformed("expected the magic of ustar or GNU tar, or nothing");
    }
    // Some readers use these bytes as the beginning of the path in GNU headers too.
    if (!ustar && !isZero(PREFIX, PREFIX_END)) {
      throw malformed("a path prefix is hidden in a header that has none");
    }
    if (!isZero(PREFIX_END, BLOCK)) {
      throw malformed("bytes stand behind the last field");
    }
    checkNumber(MODE, UID);
    checkNumber(MTIME, CHECKSUM);
    checkOwner(UID, GID);
    checkOwner(GID, SIZE);
    checkNumber(DEVICE_MAJOR, DEVICE_MINOR);
    checkNumber(DEVICE_MINOR, PREFIX);
    if (type() == DIRECTORY && size != 0) {
      // Some readers skip the content of a directory, others read headers there.
      throw malformed("a directory has content");
    }
  }

  private void checkNumber(int start, int end) {
    if (parseOctal(block, start, end) < 0 && !isZero(start, end)) {
      throw malformed("a number in the header is not octal");
    }
  }

  /// Checks an owner. Large user numbers of directory services do not fit octal digits and are in
  /// base-256.
  private void checkOwner(int start, int end) {
    if (block[start] != (byte) 0x80) {
      checkNumber(start, end);
    }
  }

  private BrokenArchiveException malformed(String detail) {
    return new BrokenArchiveException(
        ArchiveProblemCode.HEADER_MALFORMED, TarPath.excerpt(path()), detail);
  }

  private long octal(int start, int end) {
    long value = parseOctal(block, start, end);
    if (value < 0) {
      // Includes the base-256 form, which is for sizes that no crate has (GNU tar, *Extensions*).
      throw malformed("the size is no octal number");
    }
    return value;
  }

  /// Reads spaces, octal digits, and zeros and spaces to the end of the field.
  ///
  /// @return the value, or -1 for any other content
  private static long parseOctal(byte[] block, int start, int end) {
    int i = start;
    while (i < end && block[i] == ' ') {
      i++;
    }
    int digits = i;
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = value << 3 | (block[i] - '0');
      i++;
    }
    if (i == digits) {
      return -1;
    }
    while (i < end && (block[i] == 0 || block[i] == ' ')) {
      i++;
    }
    return i == end ? value : -1;
  }

  private boolean hasMagic(byte[] magic) {
    return Arrays.equals(block, MAGIC, MAGIC_END, magic, 0, magic.length);
  }

  private boolean isZero(int start, int end) {
    for (int i = start; i < end; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private int end(int start, int limit) {
    int i = start;
    while (i < limit && block[i] != 0) {
      i++;
    }
    return i;
  }
}
