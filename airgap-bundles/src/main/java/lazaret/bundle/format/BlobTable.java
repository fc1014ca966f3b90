package lazaret.bundle.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// A reader of `blobs.tsv`, which has one line for each artifact. The lines are in the order of
/// digests, which is also the order in the parts. The offset of an artifact follows from the
/// lengths of the previous ones, and is checked. Not thread-safe.
public final class BlobTable {
  private static final int MOST_LINE = 512;
  private static final int FIELDS = 6;

  private static final int BUFFER = 16 << 10;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final byte[] line = new byte[MOST_LINE];
  private int at;
  private int end;
  private int number;
  private int part;
  private long position;
  private String before = "";

  /// Creates a reader.
  ///
  /// @param in the table, which is read to its end and stays open
  public BlobTable(InputStream in) {
    this.in = in;
  }

  /// Reads the next line.
  ///
  /// @return the artifact, or empty at the end
  /// @throws BundleException `table-malformed`, also if an artifact is listed twice
  /// @throws IOException if the stream throws it
  public Optional<Blob> next() throws IOException {
    Optional<String> line = line();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    number++;
    Blob blob = blob(line.get());
    String digest = blob.digest().hex();
    if (digest.compareTo(before) <= 0) {
      throw malformed("expected digests in ascending order, each once");
    }
    before = digest;
    if (blob.part() == part + 1) {
      part = blob.part();
      position = 0;
    }
    if (blob.part() != part || blob.offset() != position + Ustar.BLOCK) {
      throw malformed(
          "expected the artifact in part %d at %d".formatted(part, position + Ustar.BLOCK));
    }
    position += Ustar.length(blob.length());
    return Optional.of(blob);
  }

  private Optional<String> line() throws IOException {
    int length = 0;
    while (true) {
      if (at == end) {
        at = 0;
        end = in.read(buffer);
        if (end < 0) {
          end = 0;
          if (length == 0) {
            return Optional.empty();
          }
          throw noLine();
        }
        continue;
      }
      byte c = buffer[at++];
      if (c == '\n') {
        return Optional.of(new String(line, 0, length, StandardCharsets.US_ASCII));
      }
      if (c < 0 || c > '~' || length == MOST_LINE) {
        throw noLine();
      }
      line[length++] = c;
    }
  }

  private BundleException noLine() {
    return malformed("expected a line of at most %d ASCII characters".formatted(MOST_LINE));
  }

  private Blob blob(String line) {
    List<String> fields = fields(line);
    if (fields.size() == FIELDS) {
      try {
        var blob =
            new Blob(
                Sha256.parse(fields.get(0)),
                number(fields.get(1)),
                Math.toIntExact(number(fields.get(2))),
                number(fields.get(3)),
                CrateName.parse(fields.get(4)),
                CrateVersion.parse(fields.get(5)));
        if (blob.length() >= 0 && blob.length() <= Ustar.MOST_SIZE) {
          return blob;
        }
      } catch (NumberFormatException | ArithmeticException | MalformedException _) {
        // The exception is thrown below.
      }
    }
    throw malformed(
        "expected digest, length, part, offset, name and version, separated by tabs, found '%s'"
            .formatted(Excerpt.of(line)));
  }

  /// Parses a number in its canonical form: without a plus sign and leading zeros.
  private static long number(String text) {
    long number = Long.parseLong(text);
    if (!Long.toString(number).equals(text)) {
      throw new NumberFormatException(text);
    }
    return number;
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>(FIELDS);
    int from = 0;
    for (int tab = line.indexOf('\t'); tab >= 0; tab = line.indexOf('\t', from)) {
      fields.add(line.substring(from, tab));
      from = tab + 1;
    }
    fields.add(line.substring(from));
    return fields;
  }

  private BundleException malformed(String found) {
    return new BundleException(
        BundleCode.TABLE_MALFORMED,
        "cannot read line %d of blobs.tsv: %s".formatted(number, found));
  }

  /// Returns the line of an artifact with its line break.
  public static Bytes line(Blob blob) {
    return Bytes.utf8(blob.line() + "\n");
  }
}
