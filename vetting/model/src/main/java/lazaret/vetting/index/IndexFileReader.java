package lazaret.vetting.index;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A reader of one index file: splits it into lines and checks that they belong together. Used
/// once.
final class IndexFileReader {
  private final CrateName requested;
  private final Bytes body;
  private final IndexLimits limits;
  private final IndexLineReader lines;
  private final List<IndexEntry> entries = new ArrayList<>();
  private final List<OmittedLine> leftOut = new ArrayList<>();
  private final Set<CrateVersion> versions = new HashSet<>();
  private @Nullable CrateName spelling;
  private boolean sawLine;

  IndexFileReader(CrateName requested, Bytes body, IndexLimits limits) {
    this.requested = requested;
    this.body = body;
    this.limits = limits;
    this.lines = new IndexLineReader(limits);
  }

  IndexFile read() {
    if (body.length() > limits.fileBytes()) {
      throw malformed("%d bytes, at most %d expected".formatted(body.length(), limits.fileBytes()));
    }
    int number = 0;
    int start = 0;
    while (start < body.length()) {
      int end = endOfLine(start);
      number++;
      if (number > limits.lines()) {
        throw malformed("more than " + limits.lines() + " lines");
      }
      line(number, start, end);
      start = end + 1;
    }
    if (!sawLine) {
      throw malformed("empty");
    }
    if (entries.isEmpty()) {
      OmittedLine first = leftOut.getFirst();
      throw malformed(
          "no usable line, the first is " + first.reason().code() + ": " + first.excerpt());
    }
    return new IndexFile(entries, leftOut);
  }

  private int endOfLine(int start) {
    byte[] data = body.array();
    int at = start;
    while (at < data.length && data[at] != '\n') {
      at++;
    }
    return at;
  }

  private void line(int number, int start, int end) {
    boolean terminated = end < body.length();
    // A carriage return belongs to the line break: cargo reads it as white space, upstream never
    // sends it, and the entry is relayed without it.
    int stop = terminated && end > start && body.at(end - 1) == '\r' ? end - 1 : end;
    if (isBlank(start, stop)) {
      return;
    }
    boolean first = !sawLine;
    sawLine = true;
    Bytes line = Bytes.copyOf(body.array(), start, stop - start);
    try {
      accept(lines.read(line));
    } catch (IndexLineFault fault) {
      if (first && isNoIndexLine(fault)) {
        throw malformed("first line: " + fault.detail());
      }
      if (!terminated && fault.reason() == OmissionReason.NOT_JSON) {
        throw malformed("cut off in the middle of line " + number);
      }
      leaveOut(number, line, fault);
    }
  }

  /// Returns whether the first line shows that the body is not an index file: HTML with status 200,
  /// an array or an error document.
  private static boolean isNoIndexLine(IndexLineFault fault) {
    return fault.version() == null
        && (fault.reason() == OmissionReason.NOT_JSON || fault.reason() == OmissionReason.INVALID);
  }

  private boolean isBlank(int start, int end) {
    for (int i = start; i < end; i++) {
      if (body.at(i) != ' ' && body.at(i) != '\t') {
        return false;
      }
    }
    return true;
  }

  private void accept(IndexEntry entry) throws IndexLineFault {
    CrateName name = entry.name();
    String version = entry.version().text();
    if (!name.indexName().equals(requested.indexName())
        || (spelling != null && !name.equals(spelling))) {
      // Cargo ignores lines of another spelling; a file with two spellings was tampered with.
      throw new IndexLineFault(
          OmissionReason.WRONG_NAME,
          version,
          "name '%s', expected '%s'".formatted(name, spelling != null ? spelling : requested));
    }
    if (!versions.add(entry.version())) {
      throw new IndexLineFault(
          OmissionReason.DUPLICATE_VERSION, version, "a second line for " + version);
    }
    // All entries share one name object.
    spelling = spelling != null ? spelling : name;
    entries.add(entry);
  }

  private void leaveOut(int number, Bytes line, IndexLineFault fault) {
    if (leftOut.size() == limits.omitted()) {
      throw malformed("more than " + limits.omitted() + " bad lines");
    }
    String excerpt = fault.detail() + ": '" + Excerpt.of(line.array(), 0, line.length()) + "'";
    leftOut.add(new OmittedLine(fault.reason(), number, fault.version(), excerpt));
  }

  private MalformedException malformed(String found) {
    return new MalformedException(
        "cannot read index file of '" + requested + "': " + found + " (in place of lines of JSON)");
  }
}
