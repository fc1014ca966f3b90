package lazaret.vetting.toml;

/// A writer of TOML keys and strings. It chooses the shortest notation without escapes, as the
/// default of the Rust TOML writers. A file written here does not change when they write it again.
///
/// Source: toml.io, "Keys" and "String"; the choice among the notations was found by observation.
public final class TomlStringWriter {
  private static final String BASIC = "\"";
  private static final String BASIC_LINES = "\"\"\"";
  private static final String LITERAL = "'";
  private static final String LITERAL_LINES = "'''";

  private TomlStringWriter() {}

  /// The properties of a text that determine the notation.
  ///
  /// @param quotes length of the longest run of `"`
  /// @param apostrophes length of the longest run of `'`
  /// @param backslash whether it contains a backslash
  /// @param newline whether it contains a line feed
  /// @param control whether it contains a control character that must be escaped in every notation
  private record Traits(
      int quotes, int apostrophes, boolean backslash, boolean newline, boolean control) {
    static Traits of(String text) {
      int quotes = 0;
      int apostrophes = 0;
      int quoteRun = 0;
      int apostropheRun = 0;
      boolean control = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        quoteRun = c == '"' ? quoteRun + 1 : 0;
        apostropheRun = c == '\'' ? apostropheRun + 1 : 0;
        quotes = Math.max(quotes, quoteRun);
        apostrophes = Math.max(apostrophes, apostropheRun);
        control |= (c < ' ' && c != '\t' && c != '\n') || c == 0x7f;
      }
      return new Traits(
          quotes, apostrophes, text.indexOf('\\') >= 0, text.indexOf('\n') >= 0, control);
    }
  }

  /// Returns a string in TOML notation.
  public static String string(String text) {
    Traits traits = Traits.of(text);
    boolean plain = !traits.control() && !traits.backslash();
    if (plain && traits.quotes() == 0 && !traits.newline()) {
      return escaped(text, BASIC);
    }
    if (!traits.control() && traits.apostrophes() == 0 && !traits.newline()) {
      return LITERAL + text + LITERAL;
    }
    String start = traits.newline() ? "\n" : "";
    if (plain && traits.quotes() <= 2) {
      return opened(escaped(text, BASIC_LINES), start);
    }
    if (!traits.control() && traits.apostrophes() <= 2) {
      return LITERAL_LINES + start + text + LITERAL_LINES;
    }
    return traits.newline() ? opened(escaped(text, BASIC_LINES), start) : escaped(text, BASIC);
  }

  private static String opened(String lines, String start) {
    return BASIC_LINES + start + lines.substring(BASIC_LINES.length());
  }

  /// Returns one key of a path in TOML notation.
  public static String key(String key) {
    if (!key.isEmpty() && key.chars().allMatch(TomlStringWriter::isBare)) {
      return key;
    }
    Traits traits = Traits.of(key);
    boolean control = traits.control() || traits.newline();
    boolean pretty = !control && !traits.backslash() && traits.quotes() == 0;
    if (!pretty && !control && traits.apostrophes() == 0) {
      return LITERAL + key + LITERAL;
    }
    return escaped(key, BASIC);
  }

  private static boolean isBare(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  private static String escaped(String text, String delimiter) {
    boolean lines = delimiter.equals(BASIC_LINES);
    int allowed = lines ? 2 : 0;
    int run = 0;
    var out = new StringBuilder(text.length() + 2 * delimiter.length()).append(delimiter);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      run = c == '"' ? run + 1 : 0;
      switch (c) {
        case '"' -> {
          if (run > allowed) {
            out.append("\\\"");
            run = 0;
          } else {
            out.append(c);
          }
        }
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        case '\n' -> out.append(lines ? "\n" : "\\n");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\u%04X".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(delimiter).toString();
  }
}
