package lazaret.vetting.advisory.feed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.archive.BrokenArchiveException;
import lazaret.vetting.archive.PaxRecords;
import lazaret.vetting.archive.TarHeader;
import org.jspecify.annotations.Nullable;

/// A reader of the files of an archive, in order and within limits. The files are not written to
/// disk, so paths are only matched.
public final class FeedArchive {
  /// The maximum number of unpacked bytes.
  private static final long MAX_UNPACKED = 1L << 30;

  /// The maximum number of entries of any kind.
  private static final int MAX_ENTRIES = 500_000;

  /// The maximum number of bytes of an extended header.
  private static final int MAX_EXTENSION = 1 << 14;

  private static final char GLOBAL_PAX = 'g';

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

  /// A walk through a tar archive, as far as archives of git need it. Entries that are not regular
  /// files, including links and global pax headers, are skipped.
  private static final class Tar {
    private final InputStream in;
    private final Budget budget = new Budget();
    private final byte[] block = new byte[TarHeader.BLOCK];
    private byte @Nullable [] longName;
    private byte @Nullable [] pax;

    Tar(InputStream in) {
      this.in = in;
    }

    void run(Sink sink) throws IOException {
      while (readBlock() && !isEnd()) {
        budget.entry();
        try {
          entry(TarHeader.parse(block), sink);
        } catch (BrokenArchiveException e) {
          throw new IOException(e.problem().toString());
        }
      }
    }

    private void entry(TarHeader header, Sink sink) throws IOException {
      switch (header.type()) {
        case TarHeader.GNU_LONG_NAME -> longName = extension(header);
        case TarHeader.PAX -> pax = extension(header);
        case TarHeader.FILE, TarHeader.OLD_FILE -> file(header, sink);
        case GLOBAL_PAX -> skip(header.size());
        default -> {
          longName = null;
          pax = null;
          skip(header.size());
        }
      }
      skip(-header.size() & (TarHeader.BLOCK - 1));
    }

    /// Reads an extended header. Its records are parsed if the entry is a file: links may have
    /// records that a file may not have.
    private byte[] extension(TarHeader header) throws IOException {
      if (longName != null || pax != null) {
        throw new IOException("two extended headers for one entry");
      }
      if (!header.extensible() || header.size() > MAX_EXTENSION) {
        throw new IOException("an extended header of " + header.size() + " bytes");
      }
      return exactly((int) header.size());
    }

    private void file(TarHeader header, Sink sink) throws IOException {
      String path = path(header);
      longName = null;
      pax = null;
      if (header.size() <= FeedReader.MAX_RECORD) {
        sink.file(path, Bytes.of(exactly((int) header.size())));
      } else {
        sink.file(path, null);
        skip(header.size());
      }
    }

    private String path(TarHeader header) {
      byte[] path = longName;
      if (pax != null) {
        PaxRecords records = PaxRecords.parse(pax);
        records.checkSize(header.size());
        path = records.path();
      }
      String text = new String(path == null ? header.path() : path, StandardCharsets.UTF_8);
      int end = text.indexOf('\0');
      return end < 0 ? text : text.substring(0, end);
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
      int count = in.readNBytes(block, 0, block.length);
      if (count > 0 && count < block.length) {
        throw new EOFException("the archive ends within a header");
      }
      budget.bytes(count);
      return count == block.length;
    }

    private boolean isEnd() {
      for (byte b : block) {
        if (b != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
