package lazaret.vetting;

/// How deeply a TOML document nests, found out before a parser sees it: parsers of TOML call
/// themselves for each level, and a file of two thousand brackets overflows their stack.
public final class TomlDepth {
  private final String text;
  private int at;

  private TomlDepth(String text) {
    this.text = text;
  }

  /// Returns the deepest nesting of arrays and inline tables, brackets of table headers included.
  /// Never too small for a document that is TOML; a document that is none may be over- or
  /// underestimated by what is broken about it.
  public static int of(String toml) {
    return new TomlDepth(toml).deepest();
  }

  private int deepest() {
    int depth = 0;
    int deepest = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      switch (c) {
        case '[', '{' -> {
          depth++;
          deepest = Math.max(deepest, depth);
          at++;
        }
        case ']', '}' -> {
          depth = Math.max(0, depth - 1);
          at++;
        }
        case '#' -> skipTo('\n');
        case '"', '\'' -> skipString(c);
        default -> at++;
      }
    }
    return deepest;
  }

  private void skipTo(char stop) {
    int found = text.indexOf(stop, at);
    at = found < 0 ? text.length() : found;
  }

  private void skipString(char quote) {
    String three = String.valueOf(quote).repeat(3);
    boolean multiline = text.startsWith(three, at);
    at += multiline ? 3 : 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && quote == '"') {
        at += 2;
      } else if (multiline && text.startsWith(three, at)) {
        at += 3;
        return;
      } else if (!multiline && (c == quote || c == '\n')) {
        at++;
        return;
      } else {
        at++;
      }
    }
  }
}
