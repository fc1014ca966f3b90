package lazaret.bundle.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The one form of an archive in a bundle: POSIX ustar with plain files only, of mode 0444, without
/// owner, time or prefix. For a name and a size there is one header, so a header is right where it
/// is that one: tar readers differ about everything else (CVE-2025-62518).
///
/// Source: POSIX.1-2017, *pax*, *ustar Interchange Format*.
public final class Ustar {
  /// The length of a header, and what every content is filled up to.
  public static final int BLOCK = 512;

  /// The largest content: eleven octal digits.
  public static final long MOST_SIZE = (1L << 33) - 1;

  private static final int NAME = 100;
  private static final int SIZE = 124;
  private static final int SIZE_DIGITS = 11;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_END = 156;
  private static final int TYPE = 156;
  private static final int MAGIC = 257;

  /// Mode, user and group, each with its zero byte.
  private static final byte[] OWNER = ascii("0000444 0000000 0000000 ");

  private static final byte[] MTIME = ascii("00000000000 ");

  /// Magic and version.
  private static final byte[] MARK = ascii("ustar 00");

  /// What all headers have in common: name, size and checksum are still missing.
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

  /// The bytes of a text in which blanks stand for zero bytes.
  private static byte[] ascii(String text) {
    return text.replace(' ', '\0').getBytes(StandardCharsets.US_ASCII);
  }

  /// What the entries of an archive may be called.
  public enum Names {
    /// A SHA-256 in lower-case hex, as in a part.
    DIGESTS {
      @Override
      boolean allows(String name) {
        return Sha256.isValid(name);
      }
    },
    /// A file of a bundle within its folder, as in a bundle that is one file.
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

  /// One entry.
  ///
  /// @param name as the archive's [Names] allow it
  /// @param size of its content in bytes
  public record Entry(String name, long size) {}

  /// Returns how many bytes an entry takes in an archive, header included.
  public static long length(long size) {
    return BLOCK + size + padding(size);
  }

  /// Returns how many zeros stand behind a content.
  public static int padding(long size) {
    return (int) ((BLOCK - size % BLOCK) % BLOCK);
  }

  /// Returns the header of an entry.
  ///
  /// @throws IllegalArgumentException if the name does not fit or the size is beyond [#MOST_SIZE]
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

  /// Tells whether an entry lies in an array as it has to: behind its one header, filled up with
  /// zeros.
  ///
  /// @param at where its header begins; the entry ends within the array
  public static boolean lies(Entry entry, byte[] bytes, int at) {
    int end = at + BLOCK + (int) entry.size();
    return Arrays.equals(bytes, at, at + BLOCK, header(entry.name(), entry.size()), 0, BLOCK)
        && isZero(bytes, end, end + padding(entry.size()));
  }

  /// Reads the header of an entry that does not lie as it has to.
  ///
  /// @param at where it begins
  /// @param end of what was read into the array
  /// @param what the archive, for messages
  /// @return empty where the archive ends
  /// @throws BundleException as [UstarReader#next], and `archive-header-invalid` where bytes are
  ///   hidden behind the entry
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

  /// Returns what an archive is refused with that is not filled up with zeros behind an entry.
  ///
  /// @param what the archive, for messages
  public static BundleException hidden(String what, Entry entry) {
    return refused(
        BundleCode.ARCHIVE_HEADER_INVALID,
        what,
        "bytes are hidden after the entry '%s'".formatted(entry.name()));
  }

  /// Tells whether a range of an array is nothing but zeros.
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
  /// @param what the archive and place, for messages
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
      // Extension headers, in which one reader sees another name or size than the next.
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
          "no entry may have the name '%s'".formatted(Excerpt.of(name)));
    }
    long size = parseOctal(block, SIZE, SIZE_DIGITS);
    if (size < 0 || !Arrays.equals(block, header(name, size))) {
      throw refused(
          BundleCode.ARCHIVE_HEADER_INVALID,
          what,
          "the header of '%s' is not the one that a bundle has".formatted(name));
    }
    return new Entry(name, size);
  }

  /// The name field up to its last byte that is not zero: a zero within is part of it, and refused.
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
