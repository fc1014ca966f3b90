package lazaret.vetting.index;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A fast reader for the stored lines of one crate, which were valid when they were stored. It
/// reads the fields that every verdict needs from the top level of each object and skips the rest.
/// Dependencies are parsed on first use. The index files of a lockfile with a thousand packages
/// have 30 MB.
///
/// This reader never reads a valid line differently. A line that differs from the form of the
/// public registry is left to the full reader. Dependencies and features are not checked again;
/// bytes from outside of the own store go through [IndexFile#parse].
final class StoredLineReader {
  private static final String PUBTIME = "0000-00-00T00:00:00Z";
  private static final int PUBTIME_LENGTH = 20;

  private static final List<String> KEYS =
      List.of(
          "name",
          "vers",
          "deps",
          "cksum",
          "features",
          "yanked",
          "pubtime",
          "links",
          "rust_version",
          "features2",
          "v");

  private static final int NAME = 1;
  private static final int VERS = 1 << 1;
  private static final int CKSUM = 1 << 2;
  private static final int DEPS = 1 << 3;
  private static final int FEATURES = 1 << 4;
  private static final int FEATURES2 = 1 << 5;
  private static final int LINKS = 1 << 6;
  private static final int RUST_VERSION = 1 << 7;
  private static final int PUBTIME_KEY = 1 << 8;
  private static final int YANKED = 1 << 9;
  private static final int V = 1 << 10;
  private static final int NEEDED = NAME | VERS | CKSUM | DEPS;

  private final byte[] data;
  private final CrateName name;
  private final List<IndexEntry> entries = new ArrayList<>();
  private int at;

  private StoredLineReader(CrateName name, Bytes body) {
    this.name = name;
    this.data = body.array();
  }

  /// A deviation from the form of the public registry.
  private static final class Other extends Exception {
    private static final long serialVersionUID = 1L;

    Other() {
      super(null, null, false, false);
    }
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
    Fields fields = new Fields();
    expect('{');
    do {
      member(fields);
    } while (take(','));
    expect('}');
    Bytes raw = Bytes.copyOf(data, start, at - start);
    expect('\n');
    entries.add(fields.entry(name, raw));
  }

  /// The fields of one line; each key may occur once.
  private static final class Fields {
    int seen;
    @Nullable String vers;
    @Nullable String cksum;
    @Nullable String links;
    @Nullable String rustVersion;
    @Nullable Instant pubtime;
    boolean yanked;
    int v = 1;

    void see(int key) throws Other {
      if ((seen & key) != 0) {
        throw new Other();
      }
      seen |= key;
    }

    IndexEntry entry(CrateName name, Bytes raw) throws Other {
      if ((seen & NEEDED) != NEEDED || vers == null || cksum == null) {
        throw new Other();
      }
      return new IndexEntry(
          raw,
          name,
          CrateVersion.parse(vers),
          new DeferredDependencies(raw),
          Sha256.parse(cksum),
          yanked,
          pubtime,
          rustVersion,
          links,
          v);
    }
  }

  private void member(Fields fields) throws Other {
    String key = key();
    expect(':');
    switch (key) {
      case "name" -> {
        fields.see(NAME);
        // All lines of a file have the same spelling of the name; a line with another one is of
        // another crate.
        if (!text().equals(name.published())) {
          throw new Other();
        }
      }
      case "vers" -> {
        fields.see(VERS);
        fields.vers = text();
      }
      case "cksum" -> {
        fields.see(CKSUM);
        fields.cksum = text();
      }
      case "deps" -> {
        fields.see(DEPS);
        skip('[');
      }
      case "features" -> {
        fields.see(FEATURES);
        skip('{');
      }
      default -> rest(key, fields);
    }
  }

  private void rest(String key, Fields fields) throws Other {
    switch (key) {
      case "features2" -> {
        fields.see(FEATURES2);
        skip('{');
      }
      case "links" -> {
        fields.see(LINKS);
        fields.links = maybeText();
      }
      case "rust_version" -> {
        fields.see(RUST_VERSION);
        fields.rustVersion = maybeText();
      }
      case "pubtime" -> {
        fields.see(PUBTIME_KEY);
        String moment = maybeText();
        fields.pubtime = moment == null ? null : moment(moment);
      }
      case "yanked" -> {
        fields.see(YANKED);
        fields.yanked = flag();
      }
      case "v" -> {
        fields.see(V);
        fields.v = digit();
      }
      // An unknown key may occur twice; this reader could not detect that.
      default -> throw new Other();
    }
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

  /// Returns a key, as an element of [#KEYS] if possible: a new text would cost more than all
  /// comparisons with it.
  private String key() throws Other {
    int start = at + 1;
    for (String key : KEYS) {
      int end = start + key.length();
      if (end < data.length && data[end] == '"' && isAt(start, key)) {
        expect('"');
        at = end + 1;
        return key;
      }
    }
    return text();
  }

  private boolean isAt(int start, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (data[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Returns a text of plain ASCII without escapes.
  private String text() throws Other {
    expect('"');
    byte[] bytes = data;
    int start = at;
    int end = start;
    while (bytes[end] != '"') {
      if (bytes[end] < ' ' || bytes[end] == '\\') {
        throw new Other();
      }
      end++;
    }
    at = end + 1;
    return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
  }

  private @Nullable String maybeText() throws Other {
    if (data[at] != 'n') {
      return text();
    }
    word("null");
    return null;
  }

  private boolean flag() throws Other {
    return switch (data[at]) {
      case 't' -> {
        word("true");
        yield true;
      }
      case 'f' -> {
        word("false");
        yield false;
      }
      default -> {
        word("null");
        yield false;
      }
    };
  }

  private int digit() throws Other {
    int digit = data[at] - '0';
    at++;
    if (digit < 0 || digit > 9 || (data[at] != ',' && data[at] != '}')) {
      throw new Other();
    }
    return digit;
  }

  private void word(String word) throws Other {
    for (int i = 0; i < word.length(); i++) {
      expect(word.charAt(i));
    }
  }

  private void expect(char wanted) throws Other {
    if (!take(wanted)) {
      throw new Other();
    }
  }

  private boolean take(char wanted) {
    if (data[at] != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /// Returns the time of a text such as `2026-01-31T12:00:00Z`, read digit by digit.
  private static Instant moment(String text) throws Other {
    if (text.length() != PUBTIME_LENGTH) {
      throw new Other();
    }
    for (int i = 0; i < PUBTIME_LENGTH; i++) {
      char form = PUBTIME.charAt(i);
      char c = text.charAt(i);
      if (form == '0' ? c < '0' || c > '9' : c != form) {
        throw new Other();
      }
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 5, 7),
            number(text, 8, 10),
            number(text, 11, 13),
            number(text, 14, 16),
            number(text, 17, 19))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
