package lazaret.mirror.following;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import lazaret.vetting.archive.BrokenArchiveException;
import lazaret.vetting.archive.TarHeader;
import org.jspecify.annotations.Nullable;

/// A reader of the dump of a registry's database, in one pass: a gzip-compressed tar archive with
/// tables in CSV. It reads the crates, their downloads and their versions, skips all other tables,
/// and ends with the last of the three; the largest table comes after them. Not thread-safe.
///
/// Source: the public registry's dump, its `README.md`.
final class DumpReader {
  /// The maximum number of unpacked bytes.
  private static final long MAX_UNPACKED = 64L << 30;

  private static final int MAX_ENTRIES = 1_000;
  private static final int MAX_METADATA = 1 << 16;

  private static final String METADATA = "metadata.json";
  private static final String CRATES = "data/crates.csv";
  private static final String DOWNLOADS = "data/crate_downloads.csv";
  private static final String VERSIONS = "data/versions.csv";

  private static final Pattern TIMESTAMP =
      Pattern.compile("\"timestamp\"\\s*:\\s*\"([0-9T:.+Z-]{10,40})\"");

  private final InputStream in;
  private final Sink sink;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private final Set<String> missing = new TreeSet<>(List.of(METADATA, CRATES, DOWNLOADS, VERSIONS));
  private long left = MAX_UNPACKED;
  private @Nullable Instant time;

  /// A receiver of the rows of a dump, in no order among the tables. It limits their number. Crates
  /// have numbers.
  interface Sink {
    /// Receives a crate.
    void crate(long id, String name) throws IOException;

    /// Receives the downloads of a crate since it exists.
    void downloads(long id, long count) throws IOException;

    /// Receives a version of a crate.
    ///
    /// @param digest see [CrateUseEntry#digest]
    /// @param bytes the length of its artifact
    void version(long id, long digest, long bytes) throws IOException;
  }

  private DumpReader(InputStream in, Sink sink) {
    this.in = in;
    this.sink = sink;
  }

  /// Reads a dump.
  ///
  /// @return the moment at which it was made
  /// @throws IOException if it is damaged, lacks a table or exceeds a limit, or a stream throws it
  static Instant read(InputStream dump, Sink sink) throws IOException {
    try (GZIPInputStream unpacked = new GZIPInputStream(dump, 1 << 16)) {
      return new DumpReader(unpacked, sink).run();
    }
  }

  private Instant run() throws IOException {
    for (int entries = 0; !missing.isEmpty(); entries++) {
      if (entries == MAX_ENTRIES) {
        throw new IOException("expected at most " + MAX_ENTRIES + " files, found more");
      }
      if (in.readNBytes(block, 0, block.length) < block.length || isZero()) {
        throw new IOException("expected a dump with " + missing + ", found its end");
      }
      try {
        entry(TarHeader.parse(block));
      } catch (BrokenArchiveException e) {
        throw new IOException("expected a tar archive, found a damaged header", e);
      }
    }
    Instant made = time;
    if (made == null) {
      throw new IOException("expected a dump with its time, found none");
    }
    return made;
  }

  private boolean isZero() {
    for (byte each : block) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  private void entry(TarHeader header) throws IOException {
    EntryStream content = new EntryStream(header.size());
    boolean isFile = header.type() == TarHeader.FILE || header.type() == TarHeader.OLD_FILE;
    String path = new String(header.path(), StandardCharsets.UTF_8);
    // The first folder has the time in its name.
    String table = path.substring(path.indexOf('/') + 1);
    if (isFile && missing.remove(table)) {
      switch (table) {
        case METADATA -> time = time(content);
        case CRATES -> crates(new CsvReader(content, List.of("id", "name")));
        case DOWNLOADS -> downloads(new CsvReader(content, List.of("crate_id", "downloads")));
        default ->
            versions(new CsvReader(content, List.of("crate_id", "num", "yanked", "crate_size")));
      }
    }
    content.skipRest();
    skip(-header.size() & (TarHeader.BLOCK - 1));
  }

  private static Instant time(InputStream content) throws IOException {
    String text = new String(content.readNBytes(MAX_METADATA), StandardCharsets.UTF_8);
    Matcher found = TIMESTAMP.matcher(text);
    if (!found.find()) {
      throw new IOException("expected the time of the dump, found none");
    }
    try {
      return Instant.parse(found.group(1));
    } catch (DateTimeParseException e) {
      throw new IOException("expected the time of the dump, found another text", e);
    }
  }

  private void crates(CsvReader rows) throws IOException {
    while (rows.next()) {
      sink.crate(rows.number(0), rows.text(1));
    }
  }

  private void downloads(CsvReader rows) throws IOException {
    while (rows.next()) {
      sink.downloads(rows.number(0), rows.number(1));
    }
  }

  private void versions(CsvReader rows) throws IOException {
    while (rows.next()) {
      boolean yanked = rows.text(2).equals("t");
      String size = rows.text(3);
      sink.version(
          rows.number(0),
          CrateUseEntry.digest(rows.text(1), yanked),
          size.isEmpty() ? 0 : rows.number(3));
    }
  }

  private void skip(long count) throws IOException {
    in.skipNBytes(count);
    spend(count);
  }

  private void spend(long count) throws IOException {
    left -= count;
    if (left < 0) {
      throw new IOException("expected at most " + MAX_UNPACKED + " bytes unpacked, found more");
    }
  }

  /// The content of one file of the archive.
  private final class EntryStream extends InputStream {
    private long rest;

    EntryStream(long size) {
      this.rest = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (rest == 0) {
        return -1;
      }
      int count = in.read(to, offset, (int) Math.min(length, rest));
      if (count < 0) {
        throw new EOFException("expected the rest of a file, found the end of the dump");
      }
      rest -= count;
      spend(count);
      return count;
    }

    void skipRest() throws IOException {
      byte[] scratch = new byte[1 << 13];
      while (rest > 0) {
        int _ = read(scratch, 0, scratch.length);
      }
    }
  }
}
