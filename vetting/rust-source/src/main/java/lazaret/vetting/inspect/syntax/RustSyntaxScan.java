package lazaret.vetting.inspect.syntax;

import java.util.List;
import lazaret.vetting.inspect.rust.RustLexer;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;

/// One pass over the tokens of a Rust source and the comments between them. Used once.
final class RustSyntaxScan {
  /// The number of tokens after which the rest has no ranges; they need 18 bytes each.
  private static final int MAX_TOKENS = 1 << 20;

  /// The keywords of all editions (Rust reference, *Keywords*).
  private static final WordTable KEYWORDS =
      WordTable.of(
          List.of(
              ("abstract as async await become box break const continue crate do dyn else enum"
                      + " extern false final fn for gen if impl in let loop macro macro_rules match"
                      + " mod move mut override priv pub ref return self Self static struct super"
                      + " trait true try type typeof union unsafe unsized use virtual where while"
                      + " yield")
                  .split(" ", -1)));

  private final byte[] source;
  private final SyntaxTokens.Builder builder;
  private final RustTokens tokens = new RustTokens();

  /// The number of open square brackets of the current attribute.
  private int attribute;

  RustSyntaxScan(byte[] source, SyntaxTokens.Builder builder) {
    this.source = source;
    this.builder = builder;
  }

  void run() {
    RustLexer.read(source, source.length, KEYWORDS, MAX_TOKENS, tokens);
    int at = shebang(tokens.size() == 0 ? source.length : tokens.start(0));
    for (int i = 0; i < tokens.size(); i++) {
      comments(at, tokens.start(i));
      token(i);
      at = tokens.end(i);
    }
    if (tokens.whole()) {
      comments(at, source.length);
    }
  }

  /// Reads the line of a shebang, which the lexer skipped.
  ///
  /// @param first the start of the first token
  private int shebang(int first) {
    int end = 0;
    while (end < first && source[end] != '\n') {
      end++;
    }
    boolean shebang = end > 1 && source[0] == '#' && source[1] == '!';
    if (shebang) {
      builder.add(SyntaxKind.COMMENT, 0, end);
    }
    return shebang ? end : 0;
  }

  /// Finds the comments between two tokens, where other text is space.
  private void comments(int from, int to) {
    int at = from;
    while (at + 1 < to) {
      if (source[at] != '/') {
        at++;
        continue;
      }
      int end = source[at + 1] == '*' ? blockEnd(at, to) : lineEnd(at, to);
      builder.add(SyntaxKind.COMMENT, at, end);
      at = end;
    }
  }

  private int lineEnd(int from, int to) {
    int at = from;
    while (at < to && source[at] != '\n') {
      at++;
    }
    return at;
  }

  private int blockEnd(int from, int to) {
    int depth = 1;
    int at = from + 2;
    while (at < to && depth > 0) {
      boolean pair = at + 1 < to;
      if (pair && source[at] == '/' && source[at + 1] == '*') {
        depth++;
        at += 2;
      } else if (pair && source[at] == '*' && source[at + 1] == '/') {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  private void token(int i) {
    switch (tokens.kind(i)) {
      case STRING,
          RAW_STRING,
          BYTE_STRING,
          RAW_BYTE_STRING,
          C_STRING,
          RAW_C_STRING,
          CHARACTER,
          BYTE ->
          add(SyntaxKind.STRING, i);
      case NUMBER -> add(SyntaxKind.NUMBER, i);
      case IDENTIFIER -> {
        if (attribute > 0) {
          add(SyntaxKind.ATTRIBUTE, i);
        } else if (tokens.word(i) != WordTable.UNKNOWN && !raw(i)) {
          add(SyntaxKind.KEYWORD, i);
        }
      }
      case PUNCTUATION -> punctuation(i);
      case LIFETIME, PATH_SEPARATOR -> {
        if (attribute > 0) {
          add(SyntaxKind.ATTRIBUTE, i);
        }
      }
    }
  }

  private void punctuation(int i) {
    boolean begins =
        attribute == 0
            && tokens.is(i, '#')
            && (tokens.is(i + 1, '[') || (tokens.is(i + 1, '!') && tokens.is(i + 2, '[')));
    if (begins || attribute > 0 || opened(i)) {
      add(SyntaxKind.ATTRIBUTE, i);
    }
    if (tokens.is(i, '[') && (attribute > 0 || opened(i))) {
      attribute++;
    } else if (tokens.is(i, ']') && attribute > 0) {
      attribute--;
    }
  }

  /// Returns whether a token is the `!` or `[` in the beginning of an attribute.
  private boolean opened(int i) {
    if (tokens.is(i, '!')) {
      return tokens.is(i - 1, '#') && tokens.is(i + 1, '[');
    }
    return tokens.is(i, '[')
        && (tokens.is(i - 1, '#') || (tokens.is(i - 1, '!') && tokens.is(i - 2, '#')));
  }

  /// Returns whether an identifier has the prefix `r#` and thus is not a keyword.
  private boolean raw(int i) {
    int start = tokens.start(i);
    return tokens.is(i, TokenKind.IDENTIFIER)
        && start >= 2
        && source[start - 1] == '#'
        && source[start - 2] == 'r'
        && (i == 0 || tokens.end(i - 1) <= start - 2);
  }

  private void add(SyntaxKind kind, int i) {
    builder.add(kind, tokens.start(i), tokens.end(i));
  }
}
