package lazaret.bundle.format;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.crates.Sha256;

/// The table `files.tsv`, which has one line for each file of the site, in the order of digests.
/// The offset of a file follows from the lengths of the previous ones, and is checked.
public final class FileTable {
  /// The largest number of files of a bundle.
  public static final int MOST_FILES = 200_000;

  private static final int MOST_LINE = 128;

  /// Numbers have their canonical form: no sign and no leading zeros.
  private static final Pattern LINE =
      Pattern.compile("([0-9a-f]{64})\t(0|[1-9][0-9]{0,9})\t([1-9][0-9]{0,3})\t([1-9][0-9]{0,11})");

  private FileTable() {}

  /// Reads the table.
  ///
  /// @param in the table, which is read to its end and stays open
  /// @param parts the number of parts of the statement
  /// @throws BundleException `table-malformed`, also if a file is listed twice; `limit-exceeded`
  /// @throws IOException if the stream throws it
  public static List<BundledFile> read(InputStream in, int parts) throws IOException {
    List<BundledFile> files = new ArrayList<>();
    InputStream buffered = new BufferedInputStream(in);
    String before = "";
    int part = 0;
    long position = 0;
    for (String line = line(buffered); !line.isEmpty(); line = line(buffered)) {
      if (files.size() == MOST_FILES) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot read files.tsv: more than %d files".formatted(MOST_FILES));
      }
      BundledFile file = file(line);
      if (file.part() == part + 1) {
        part = file.part();
        position = 0;
      }
      if (file.digest().hex().compareTo(before) <= 0
          || file.length() > Ustar.MOST_SIZE
          || file.part() != part
          || file.offset() != position + Ustar.BLOCK) {
        throw malformed(
            "expected digests in ascending order, and the file in part %d at %d, found '%s'"
                .formatted(part, position + Ustar.BLOCK, Excerpt.of(line)));
      }
      before = file.digest().hex();
      position += Ustar.length(file.length());
      files.add(file);
    }
    if (part != parts) {
      throw malformed("the statement counts %d parts, the table names %d".formatted(parts, part));
    }
    return List.copyOf(files);
  }

  private static BundledFile file(String line) {
    Matcher fields = LINE.matcher(line);
    if (!fields.matches()) {
      throw malformed(
          "expected digest, length, part and offset, separated by tabs, found '%s'"
              .formatted(Excerpt.of(line)));
    }
    return new BundledFile(
        Sha256.parse(fields.group(1)),
        Long.parseLong(fields.group(2)),
        Integer.parseInt(fields.group(3)),
        Long.parseLong(fields.group(4)));
  }

  /// Reads a line without its line break. It is empty at the end of the table alone.
  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0 && line.size() == 0) {
        return "";
      }
      if (c < 0 || line.size() == MOST_LINE) {
        throw malformed("expected lines of at most %d characters".formatted(MOST_LINE));
      }
      line.write(c);
    }
    if (line.size() == 0) {
      throw malformed("expected a file in each line, found an empty one");
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  private static BundleException malformed(String found) {
    return new BundleException(BundleCode.TABLE_MALFORMED, "cannot read files.tsv: " + found);
  }

  /// Returns the line of a file with its line break.
  public static Bytes line(BundledFile file) {
    return Bytes.utf8(file.line() + "\n");
  }
}
