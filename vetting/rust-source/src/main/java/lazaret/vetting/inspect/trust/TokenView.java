package lazaret.vetting.inspect.trust;

import java.util.LinkedHashSet;
import java.util.Set;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// The tokens of one source, with the brackets between them. The tokens are borrowed.
record TokenView(RustTokens tokens) {
  private static final int MAX_SPAN = 8_192;
  private static final int MAX_WORDS = 512;

  String word(int at) {
    boolean name = at >= 0 && at < tokens.size() && tokens.is(at, TokenKind.IDENTIFIER);
    return name ? tokens.name(at) : "";
  }

  boolean is(int at, char punctuation) {
    return at >= 0 && at < tokens.size() && tokens.is(at, punctuation);
  }

  boolean keyword(int at, String text) {
    return at >= 0
        && at < tokens.size()
        && tokens.is(at, TokenKind.IDENTIFIER)
        && tokens.end(at) - tokens.start(at) == text.length()
        && tokens.begins(at, text);
  }

  boolean string(int at) {
    return at >= 0 && at < tokens.size() && tokens.kind(at).string();
  }

  /// Returns the position of the closing bracket, or of the last token within the search limit.
  int close(int open) {
    int depth = 0;
    int limit = Math.min(tokens.size(), open + MAX_SPAN);
    for (int i = open; i < limit; i++) {
      if (is(i, '(') || is(i, '[') || is(i, '{')) {
        depth++;
      } else if ((is(i, ')') || is(i, ']') || is(i, '}')) && --depth == 0) {
        return i;
      }
    }
    return limit;
  }

  /// Returns the end of the statement that contains a token.
  int statement(int from, int to) {
    int i = from;
    while (i < to && !is(i, ';')) {
      i = is(i, '(') || is(i, '[') || is(i, '{') ? close(i) + 1 : i + 1;
    }
    return Math.min(i, to);
  }

  /// Returns the identifiers between two tokens. A text that names a device of random numbers also
  /// counts, as does a field whose name is a number.
  Set<String> words(int from, int to) {
    Set<String> all = new LinkedHashSet<>();
    for (int i = from; i < to && all.size() < MAX_WORDS; i++) {
      if (tokens.is(i, TokenKind.IDENTIFIER)) {
        all.add(tokens.name(i));
      } else if (tokens.is(i, TokenKind.NUMBER) && is(i - 1, '.') && !is(i - 2, '.')) {
        all.add("." + tokens.text(i));
      } else if (string(i) && tokens.text(i).contains("random")) {
        all.add("urandom");
      }
    }
    return all;
  }
}
