package lazaret.vetting.index;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A reader of lines in the form of the public registry. Such a line is one object with known keys,
/// each once, and has neither spaces nor escapes in the texts that are read. The result is that of
/// [IndexLineReader], to which a line in another form is left. Not thread-safe.
abstract sealed class PlainLineReader permits StoredLineReader, CheckedLineReader {
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

  final byte[] data;
  int at;

  PlainLineReader(byte[] data) {
    this.data = data;
  }

  /// A deviation from the form of the public registry.
  static final class Other extends Exception {
    private static final long serialVersionUID = 1L;

    Other() {
      super(null, null, false, false);
    }
  }

  /// Reads the name of the crate.
  abstract void name() throws Other;

  /// Reads the array of dependencies.
  abstract void dependencies() throws Other;

  /// Reads an object of features.
  abstract void features() throws Other;

  /// Reads the object at the current position.
  final Fields object() throws Other {
    Fields fields = new Fields();
    expect('{');
    do {
      member(fields);
    } while (take(','));
    expect('}');
    return fields;
  }

  /// The fields of one line; each key may occur once.
  static final class Fields {
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
    String key = key(KEYS);
    expect(':');
    switch (key) {
      case "name" -> {
        fields.see(NAME);
        name();
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
        dependencies();
      }
      case "features" -> {
        fields.see(FEATURES);
        features();
      }
      default -> rest(key, fields);
    }
  }

  private void rest(String key, Fields fields) throws Other {
    switch (key) {
      case "features2" -> {
        fields.see(FEATURES2);
        features();
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

  /// Returns a key, as an element of a list if possible: a new text would cost more than all
  /// comparisons with it.
  final String key(List<String> keys) throws Other {
    int start = at + 1;
    for (String key : keys) {
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
  final String text() throws Other {
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

  final @Nullable String maybeText() throws Other {
    if (data[at] != 'n') {
      return text();
    }
    word("null");
    return null;
  }

  final boolean flag() throws Other {
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

  final void expect(char wanted) throws Other {
    if (!take(wanted)) {
      throw new Other();
    }
  }

  final boolean take(char wanted) {
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
