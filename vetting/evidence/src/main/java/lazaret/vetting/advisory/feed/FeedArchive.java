package lazaret.vetting.advisory.feed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import org.jspecify.annotations.Nullable;

/// A reader of the files of an archive, in order and within limits. The files are not written to
/// disk, so paths are only matched.
public final class FeedArchive {
  /// The maximum number of unpacked bytes.
  private static final long MAX_UNPACKED = 1L << 30;

  /// The maximum number of entries of any kind.
  private static final int MAX_ENTRIES = 500_000;

  private static final int BLOCK = 512;
  private static final int MAX_PATH = 4096;

  /// The form `crates/NAME/RUSTSEC-2026-0001.md`. Files in `rust/` are about the toolchain and use
  /// the names of its components, which are also crate names.
  private static final Pattern RUSTSEC_PATH = Pattern.compile("(.*/)?crates/[^/]+/[^/]+\\.md");

  private FeedArchive() {}

  /// A receiver of the files of an archive.
  public interface Sink {
    /// Receives a file.
    ///
    /// @param path path as in the archive
    /// @param content bytes of the file; null if it is longer than a record may be
    void file(String path, @Nullable Bytes content) throws IOException;
  }

  /// Returns whether bytes start like a zip or gzip file.
  static boolean isArchive(Bytes file) {
    return isZip(file) || isGzip(file);
  }

  private static boolean isZip(Bytes file) {
    return file.length() > 3 && file.at(0) == 'P' && file.at(1) == 'K';
  }

  private static boolean isGzip(Bytes file) {
    return file.length() > 1 && file.at(0) == 0x1f && file.at(1) == (byte) 0x8b;
  }

  /// Returns whether a file of an archive is a record of a feed.
  static boolean belongs(String path, FeedFormat format) {
    return switch (format) {
      case RUSTSEC -> RUSTSEC_PATH.matcher(path).matches();
      case OSV -> path.endsWith(".json");
      case LOCAL -> false;
    };
  }

  /// Returns the format of the records in an archive; null if it has none. An archive with both
  /// formats counts as RustSec, since RustSec's database may also contain OSV exports.
  static @Nullable FeedFormat formatOf(Bytes file) throws IOException {
    boolean[] found = new boolean[2];
    files(
        file,
        (path, _) -> {
          found[0] |= belongs(path, FeedFormat.RUSTSEC);
          found[1] |= belongs(path, FeedFormat.OSV);
        });
    return found[0] ? FeedFormat.RUSTSEC : found[1] ? FeedFormat.OSV : null;
  }

  /// Passes all files to a receiver.
  ///
  /// @throws IOException if the archive is damaged or over a limit
  public static void files(Bytes file, Sink sink) throws IOException {
    if (isZip(file)) {
      try (var zip = new ZipInputStream(file.inputStream(), StandardCharsets.UTF_8)) {
        zip(zip, sink);
      } catch (IllegalArgumentException _) {
        throw new IOException("a path that is not UTF-8");
      }
    } else {
      try (var gzip = new GZIPInputStream(file.inputStream(), 1 << 16)) {
        new Tar(gzip).run(sink);
      }
    }
  }

  private static void zip(ZipInputStream zip, Sink sink) throws IOException {
    var budget = new Budget();
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      budget.entry();
      if (!entry.isDirectory()) {
        byte[] content = zip.readNBytes(FeedReader.MAX_RECORD + 1);
        budget.bytes(content.length);
        boolean fits = content.length <= FeedReader.MAX_RECORD;
        sink.file(entry.getName(), fits ? Bytes.of(content) : null);
        budget.skip(zip);
      }
    }
  }

  /// The counts that are compared with the limits.
  private static final class Budget {
    private long unpacked;
    private int entries;

    void entry() throws IOException {
      if (++entries > MAX_ENTRIES) {
        throw new IOException("expected at most " + MAX_ENTRIES + " entries, found more");
      }
    }

    void bytes(long count) throws IOException {
      unpacked += count;
      if (unpacked > MAX_UNPACKED) {
        throw new IOException("expected at most " + MAX_UNPACKED + " bytes unpacked, found more");
      }
    }

    /// Skips the rest of an entry.
    void skip(InputStream in) throws IOException {
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        bytes(count);
      }
    }
  }

  /// A reader of tar archives, as far as archives of git need it: ustar, GNU's long names, pax
  /// paths. All other entries, including links, are skipped.
  private static final class Tar {
    private final InputStream in;
    private final Budget budget = new Budget();
    private final byte[] block = new byte[BLOCK];
    private @Nullable String longPath;

    Tar(InputStream in) {
      this.in = in;
    }

    void run(Sink sink) throws IOException {
      while (readBlock()) {
        if (isEnd()) {
          return;
        }
        budget.entry();
        entry(sink);
      }
    }

    private void entry(Sink sink) throws IOException {
      long size = octal(124, 12);
      char type = (char) (block[156] & 0xff);
      String path = longPath == null ? path() : longPath;
      long padding = -size & (BLOCK - 1);
      if (type == 'x' || type == 'L') {
        if (size > MAX_PATH * 4L) {
          throw new IOException("an extended header of " + size + " bytes");
        }
        byte[] header = exactly((int) size);
        longPath = type == 'L' ? text(header, 0, header.length) : paxPath(header, longPath);
      } else if ((type == '0' || type == 0) && size <= FeedReader.MAX_RECORD) {
        sink.file(path, Bytes.of(exactly((int) size)));
        longPath = null;
      } else {
        if (type == '0' || type == 0) {
          sink.file(path, null);
        }
        skip(size);
        longPath = type == 'g' ? longPath : null;
      }
      skip(padding);
    }

    private byte[] exactly(int size) throws IOException {
      budget.bytes(size);
      byte[] content = in.readNBytes(size);
      if (content.length < size) {
        throw new EOFException("the archive ends within an entry");
      }
      return content;
    }

    private void skip(long count) throws IOException {
      budget.bytes(count);
      in.skipNBytes(count);
    }

    private boolean readBlock() throws IOException {
      int count = in.readNBytes(block, 0, BLOCK);
      if (count > 0 && count < BLOCK) {
        throw new EOFException("the archive ends within a header");
      }
      budget.bytes(count);
      return count == BLOCK;
    }

    private boolean isEnd() {
      for (byte b : block) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    }

    private String path() {
      String name = text(block, 0, 100);
      boolean ustar = text(block, 257, 5).equals("ustar") && block[262] == 0;
      String prefix = ustar ? text(block, 345, 155) : "";
      return prefix.isEmpty() ? name : prefix + '/' + name;
    }

    private long octal(int offset, int length) throws IOException {
      String digits = text(block, offset, length).strip();
      if (!digits.matches("[0-7]{1,11}")) {
        throw new IOException("a header without a size");
      }
      return Long.parseLong(digits, 8);
    }

    private static String text(byte[] bytes, int offset, int length) {
      int end = offset;
      while (end < offset + length && bytes[end] != 0) {
        end++;
      }
      return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    /// Returns the path of a pax header, or the other path if it has none. Records are `LENGTH
    /// KEY=VALUE\n` (POSIX.1-2017, *pax Extended Header*).
    private static @Nullable String paxPath(byte[] header, @Nullable String otherwise) {
      String path = otherwise;
      int at = 0;
      while (at < header.length) {
        int space = at;
        while (space < header.length && header[space] != ' ') {
          space++;
        }
        String digits = new String(header, at, space - at, StandardCharsets.UTF_8);
        int length = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : 0;
        if (length < space - at + 2 || at + length > header.length) {
          return path;
        }
        byte[] record = Arrays.copyOfRange(header, space + 1, at + length - 1);
        String keyAndValue = text(record, 0, record.length);
        if (keyAndValue.startsWith("path=")) {
          path = keyAndValue.substring("path=".length());
        }
        at += length;
      }
      return path;
    }
  }
}
