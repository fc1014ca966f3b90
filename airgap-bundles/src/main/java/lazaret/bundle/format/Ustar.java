package lazaret.bundle.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The one form of an archive in a bundle: POSIX ustar with plain files of mode 0444, without
/// owner, time or prefix. A name and a size determine the header, so a reader accepts exactly one
/// header. Tar readers disagree about all other features (CVE-2025-62518).
///
/// Source: POSIX.1-2017, *pax*, *ustar Interchange Format*.
public final class Ustar {
  /// The length of a header in bytes, to a multiple of which every content is padded.
  public static final int BLOCK = 512;

  /// The largest length of a content in bytes: eleven octal digits.
  public static final long MOST_SIZE = (1L << 33) - 1;

  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_DIGITS = 11;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;

  /// The fields mode, user and group, each with its zero byte.
  private static final byte[] OWNER = ascii("0000444 0000000 0000000 ");

  private static final byte[] MTIME = ascii("00000000000 ");

  /// The magic and the version.
  private static final byte[] MARK = ascii("ustar 00");

  /// The bytes that all headers have in common, without name, size and checksum.
  private static final byte[] COMMON = common();

  private static final long COMMON_SUM = sum(COMMON, 0, BLOCK) + ' ' * (CHECKSUM_END - CHECKSUM);

  private Ustar() {}

  private static byte[] common() {
    byte[] block = new byte[BLOCK];
    System.arraycopy(OWNER, 0, block, NAME, OWNER.length);
    System.arraycopy(MTIME, 0, block, SIZE + SIZE_DIGITS + 1, MTIME.length);
    block[TYPE] = '0';
    System.arraycopy(MARK, 0, block, MAGIC, MARK.length);
    return block;
  }

  /// Returns the bytes of a text, with zero bytes for blanks.
  private static byte[] ascii(String text) {
    return text.replace(' ', '\0').getBytes(StandardCharsets.US_ASCII);
  }

  /// The permitted names of the entries of an archive.
  public enum Names {
    /// A SHA-256 in lower-case hex, as in a part.
    DIGESTS {
      @Override
      boolean allows(String name) {
        return Sha256.isValid(name);
      }
    },
    /// A path of a file in the folder of a bundle, as in a single-file bundle.
    FILES {
      @Override
      boolean allows(String name) {
        return FILE.matcher(name).matches();
      }
    };

    private static final Pattern FILE =
        Pattern.compile("(metadata|targets)/[a-z0-9][a-z0-9.-]{0,90}");

    abstract boolean allows(String name);
  }

  /// An entry of an archive.
  ///
  /// @param name the name, as the [Names] of the archive permit
  /// @param size the length of its content in bytes
  public record Entry(String name, long size) {}

  /// Returns the number of bytes of an entry in an archive, with header and padding.
  public static long length(long size) {
    return BLOCK + size + padding(size);
  }

  /// Returns the number of zero bytes after a content.
  public static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /// Returns the header of an entry.
  ///
  /// @throws IllegalArgumentException if the name does not fit or the size exceeds [#MOST_SIZE]
  static byte[] header(String name, long size) {
    byte[] path = name.getBytes(StandardCharsets.US_ASCII);
    if (path.length > NAME || size < 0 || size > MOST_SIZE) {
      throw new IllegalArgumentException(
          "no ustar header for '%s' of %d bytes".formatted(name, size));
    }
    byte[] block = COMMON.clone();
    System.arraycopy(path, 0, block, 0, path.length);
    octal(block, SIZE, SIZE_DIGITS, size);
    long own = sum(block, 0, path.length) + sum(block, SIZE, SIZE + SIZE_DIGITS);
    octal(block, CHECKSUM, 6, COMMON_SUM + own);
    block[CHECKSUM_END - 1] = ' ';
    return block;
  }

  private static void octal(byte[] block, int at, int digits, long value) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      block[i] = (byte) ('0' + (rest & 7));
      rest >>= 3;
    }
  }

  private static long sum(byte[] block, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += block[i] & 0xff;
    }
    return sum;
  }

  /// Returns whether an array contains an entry in the required form: its one header and zero
  /// padding.
  ///
  /// @param entry the expected entry
  /// @param bytes the array, which contains the whole entry
  /// @param at the offset of the header
  public static boolean lies(Entry entry, byte[] bytes, int at) {
    int end = at + BLOCK + (int) entry.size();
    return Arrays.equals(bytes, at, at + BLOCK, header(entry.name(), entry.size()), 0, BLOCK)
        && isZero(bytes, end, end + padding(entry.size()));
  }

  /// Reads the header of an entry that does not have the required form.
  ///
  /// @param bytes the array
  /// @param at the offset of the header
  /// @param end the end of the data in the array
  /// @param names the permitted names
  /// @param what the name of the archive, for messages
  /// @return the entry, or empty at the end of the archive
  /// @throws BundleException as [UstarReader#next], and `archive-header-invalid` if the padding
  ///   after the entry contains data
  public static Optional<Entry> entry(byte[] bytes, int at, int end, Names names, String what) {
    if (at + BLOCK > end || isZero(bytes, at, at + BLOCK)) {
      return Optional.empty();
    }
    Entry entry = entry(Arrays.copyOfRange(bytes, at, at + BLOCK), names, what);
    if (at + length(entry.size()) <= end && !lies(entry, bytes, at)) {
      throw hidden(what, entry);
    }
    return Optional.of(entry);
  }

  /// Returns the exception for an archive whose padding after an entry contains data.
  ///
  /// @param what the name of the archive, for messages
  /// @param entry the entry before the padding
  public static BundleException hidden(String what, Entry entry) {
    return refused(
        BundleCode.ARCHIVE_HEADER_INVALID,
        what,
        "bytes are hidden after the entry '%s'".formatted(entry.name()));
  }

  /// Returns whether a range of an array contains only zeros.
  public static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /// Reads a header.
  ///
  /// @param block 512 bytes
  /// @param names the permitted names
  /// @param what the name of the archive and the offset, for messages
  /// @throws BundleException `archive-header-invalid`, `archive-entry-forbidden`,
  ///   `archive-path-forbidden`
  static Entry entry(byte[] block, Names names, String what) {
    long sum =
        sum(block, 0, CHECKSUM) + ' ' * (CHECKSUM_END - CHECKSUM) + sum(block, CHECKSUM_END, BLOCK);
    if (parseOctal(block, CHECKSUM, 6) != sum) {
      throw refused(BundleCode.ARCHIVE_HEADER_INVALID, what, "the checksum of a header is wrong");
    }
    switch (block[TYPE]) {
      case '0' -> {}
      // Readers take different names or sizes from extension headers.
      case 'x', 'g', 'L', 'K' ->
          throw refused(
              BundleCode.ARCHIVE_HEADER_INVALID,
              what,
              "an extension header, type '" + (char) block[TYPE] + "'");
      default ->
          throw refused(
              BundleCode.ARCHIVE_ENTRY_FORBIDDEN,
              what,
              "expected plain files (type '0') only, found type '%s'"
                  .formatted(Excerpt.of(String.valueOf((char) (block[TYPE] & 0xff)))));
    }
    String name = name(block);
    if (!names.allows(name)) {
      throw refused(
          BundleCode.ARCHIVE_PATH_FORBIDDEN,
          what,
          "an entry has the forbidden name '%s'".formatted(Excerpt.of(name)));
    }
    long size = parseOctal(block, SIZE, SIZE_DIGITS);
    if (size < 0 || !Arrays.equals(block, header(name, size))) {
      throw refused(
          BundleCode.ARCHIVE_HEADER_INVALID,
          what,
          "the header of '%s' does not have the form of a bundle".formatted(name));
    }
    return new Entry(name, size);
  }

  /// Returns the name field up to its last byte that is not zero. A zero byte within the name is
  /// part of it, and the name is refused.
  private static String name(byte[] block) {
    int end = NAME;
    while (end > 0 && block[end - 1] == 0) {
      end--;
    }
    return new String(block, 0, end, StandardCharsets.ISO_8859_1);
  }

  private static long parseOctal(byte[] block, int at, int digits) {
    long value = 0;
    for (int i = at; i < at + digits; i++) {
      if (block[i] < '0' || block[i] > '7') {
        return -1;
      }
      value = value << 3 | (block[i] - '0');
    }
    return value;
  }

  static BundleException refused(BundleCode code, String what, String found) {
    return new BundleException(code, "cannot read %s: %s".formatted(what, found));
  }
}
