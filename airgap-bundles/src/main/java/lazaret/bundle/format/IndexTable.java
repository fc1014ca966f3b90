package lazaret.bundle.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;

/// A reader of `index.ndjson.gz`. Each crate has a line `{"crate":"NAME","lines":N}` followed by
/// its N index lines with the bytes of upstream. A removed crate has no index lines. Crates are in
/// the order of collision keys. Not thread-safe.
final class IndexTable {
  private static final Pattern HEADER =
      Pattern.compile("\\{\"crate\":\"([A-Za-z0-9_-]{1,64})\",\"lines\":(0|[1-9][0-9]{0,5})}");
  private static final int MOST_GUESSED = 64;
  private static final IndexLimits LIMITS = IndexLimits.DEFAULT;

  private final TableLineReader in;
  private String before = "";

  /// Creates a reader.
  ///
  /// @param in the table, which stays open
  IndexTable(TableLineReader in) {
    this.in = in;
  }

  /// The unparsed index lines of one crate.
  ///
  /// @param name the name of the crate
  /// @param count the number of lines; 0 if the crate was removed
  /// @param file the lines, each with its line break
  record Lines(CrateName name, int count, Bytes file) {
    /// Parses the lines.
    ///
    /// @throws BundleException `index-malformed`
    List<IndexEntry> entries() {
      return count == 0 ? List.of() : IndexTable.entries(this);
    }
  }

  static void write(TableLineWriter out, CrateName name, List<Bytes> lines) throws IOException {
    out.line(Bytes.utf8("{\"crate\":\"%s\",\"lines\":%d}".formatted(name, lines.size())));
    for (Bytes line : lines) {
      out.line(line);
    }
  }

  /// Reads the next crate, or returns empty at the end.
  ///
  /// @throws BundleException `table-malformed`, `name-collision`, `limit-exceeded`
  Optional<Lines> next() throws IOException {
    Optional<Bytes> line = in.line(LIMITS.lineBytes());
    if (line.isEmpty()) {
      return Optional.empty();
    }
    Matcher header = HEADER.matcher(line.get().text());
    if (!header.matches() || !CrateName.isValid(header.group(1))) {
      throw malformed(
          BundleCode.TABLE_MALFORMED,
          "expected a crate and the number of its lines, found '%s'"
              .formatted(Excerpt.of(line.get().text())));
    }
    CrateName name = CrateName.parse(header.group(1));
    ordered(name);
    int count = Integer.parseInt(header.group(2));
    return Optional.of(new Lines(name, count, file(name, count)));
  }

  private void ordered(CrateName name) {
    int order = name.collisionKey().compareTo(before);
    if (order == 0) {
      throw malformed(
          BundleCode.NAME_COLLISION, "a second crate whose name collides with '" + name + "'");
    }
    if (order < 0) {
      throw malformed(
          BundleCode.TABLE_MALFORMED,
          "'%s' comes after '%s', which is out of order".formatted(name, before));
    }
    before = name.collisionKey();
  }

  private Bytes file(CrateName name, int count) throws IOException {
    // The buffer grows with the data, because the count is not verified yet.
    var file = new ByteArrayOutputStream(512 * Math.min(count, MOST_GUESSED));
    for (int i = 0; i < count; i++) {
      Bytes line =
          in.line(LIMITS.lineBytes())
              .orElseThrow(
                  () ->
                      malformed(
                          BundleCode.TABLE_MALFORMED, "the lines of '" + name + "' are cut off"));
      if ((long) file.size() + line.length() > LIMITS.fileBytes()) {
        throw malformed(
            BundleCode.LIMIT_EXCEEDED,
            "the lines of '%s' have more than %d bytes".formatted(name, LIMITS.fileBytes()));
      }
      line.writeTo(file);
      file.write('\n');
    }
    return Bytes.of(file.toByteArray());
  }

  private static List<IndexEntry> entries(Lines lines) {
    CrateName name = lines.name();
    int count = lines.count();
    try {
      IndexFile read = IndexFile.parse(name, lines.file(), LIMITS);
      List<IndexEntry> entries = read.entries();
      if (!read.omitted().isEmpty()) {
        throw malformed(
            BundleCode.INDEX_MALFORMED, name + ": " + read.omitted().getFirst().excerpt());
      }
      if (entries.size() != count || !entries.getFirst().name().equals(name)) {
        throw malformed(
            BundleCode.INDEX_MALFORMED,
            "expected %d lines of '%s', found %d of '%s'"
                .formatted(count, name, entries.size(), entries.getFirst().name()));
      }
      return entries;
    } catch (MalformedException e) {
      throw new BundleException(
          BundleCode.INDEX_MALFORMED, "cannot read index.ndjson.gz: " + e.getMessage(), e);
    }
  }

  private static BundleException malformed(BundleCode code, String found) {
    return new BundleException(code, "cannot read index.ndjson.gz: " + found);
  }
}
