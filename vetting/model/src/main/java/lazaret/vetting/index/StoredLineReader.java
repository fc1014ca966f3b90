package lazaret.vetting.index;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;

/// A fast reader for the stored lines of one crate, which were valid when they were stored. It
/// reads the fields that every verdict needs from the top level of each object and skips the rest.
/// Dependencies are parsed on first use. The index files of a lockfile with a thousand packages
/// have 30 MB.
///
/// This reader never reads a valid line differently. A line that differs from the form of the
/// public registry is left to the full reader. Dependencies and features are not checked again;
/// bytes from outside of the own store go through [IndexFile#parse].
final class StoredLineReader extends PlainLineReader {
  private final CrateName name;
  private final List<IndexEntry> entries = new ArrayList<>();

  private StoredLineReader(CrateName name, Bytes body) {
    super(body.array());
    this.name = name;
  }

  /// Returns the entries of lines that each end with a line break, or empty if one of them has
  /// another form.
  static Optional<List<IndexEntry>> read(CrateName name, Bytes body) {
    StoredLineReader reader = new StoredLineReader(name, body);
    try {
      while (reader.at < reader.data.length) {
        reader.line();
      }
      return Optional.of(reader.entries);
    } catch (Other | MalformedException | DateTimeException | IndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private void line() throws Other {
    int start = at;
    Fields fields = object();
    Bytes raw = Bytes.copyOf(data, start, at - start);
    expect('\n');
    entries.add(fields.entry(name, raw));
  }

  @Override
  void name() throws Other {
    // All lines of a file have the same spelling of the name; a line with another one is of another
    // crate.
    if (!text().equals(name.published())) {
      throw new Other();
    }
  }

  @Override
  void dependencies() throws Other {
    skip('[');
  }

  @Override
  void features() throws Other {
    skip('{');
  }

  /// Skips an array or an object. Most of an index file is skipped here.
  private void skip(char opening) throws Other {
    byte[] bytes = data;
    int next = at;
    if (bytes[next] != opening) {
      throw new Other();
    }
    int depth = 0;
    do {
      switch (bytes[next++]) {
        case '"' -> next = endOfText(bytes, next);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        case '\n' -> throw new Other();
        default -> {
          // a number, a word or a separator
        }
      }
    } while (depth > 0);
    at = next;
  }

  private static int endOfText(byte[] bytes, int start) throws Other {
    int next = start;
    while (true) {
      switch (bytes[next++]) {
        case '"' -> {
          return next;
        }
        case '\\' -> next++;
        case '\n' -> throw new Other();
        default -> {
          // part of the text
        }
      }
    }
  }
}
