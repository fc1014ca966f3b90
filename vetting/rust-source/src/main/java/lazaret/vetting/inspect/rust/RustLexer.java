package lazaret.vetting.inspect.rust;

import java.util.Arrays;

/// A lexer for Rust source of every edition.
///
/// It reads raw strings with any number of `#`, nested comments, lifetimes and characters, raw
/// identifiers, a shebang, and all literals. It accepts any bytes: text that compilers refuse
/// becomes tokens as well. A literal or comment without an end extends to the end of the source.
/// Time is linear. Used once.
///
/// Forms that editions read differently are read so that nothing is hidden. The guarded strings
/// `#"..."#` that edition 2024 reserves are a `#`, a string and a `#`. A string after an unknown
/// prefix is an identifier and a string (Rust reference, *Reserved prefixes*, *Reserved guards*).
public final class RustLexer {

  private final byte[] source;
  private final int length;
  private final WordTable words;
  private final int maxTokens;
  private final RustTokens tokens;
  private int at;

  private RustLexer(byte[] source, int length, WordTable words, int maxTokens, RustTokens tokens) {
    this.source = source;
    this.length = length;
    this.words = words;
    this.maxTokens = maxTokens;
    this.tokens = tokens;
  }

  /// Reads a source as the compiler reads a file.
  ///
  /// @param source the source, any bytes; borrowed as long as the tokens are used
  /// @param length the length of the source in bytes
  /// @param words the words with which identifiers are compared
  /// @param maxTokens the number of tokens after which to stop; the result is then not whole
  /// @param tokens receives the tokens; its previous content is dropped
  public static void read(
      byte[] source, int length, WordTable words, int maxTokens, RustTokens tokens) {
    var lexer = new RustLexer(source, length, words, maxTokens, tokens);
    lexer.from(lexer.starts()[0]);
  }

  /// Reads a source in each way in which a compiler may read it, one after the other.
  ///
  /// @param reading called after each reading, while the tokens are those of that reading
  public static void readings(
      byte[] source,
      int length,
      WordTable words,
      int maxTokens,
      RustTokens tokens,
      Runnable reading) {
    var lexer = new RustLexer(source, length, words, maxTokens, tokens);
    for (int start : lexer.starts()) {
      lexer.from(start);
      reading.run();
    }
  }

  private void from(int start) {
    tokens.reset(source, length);
    at = start;
    run();
  }

  private void run() {
    while (true) {
      skipSpaceAndComments();
      if (at >= length) {
        return;
      }
      if (tokens.size() >= maxTokens) {
        tokens.cut();
        return;
      }
      token();
    }
  }

  /// Returns the positions at which the tokens may begin: after a byte order mark and a shebang,
  /// and also after frontmatter.
  ///
  /// Frontmatter is stripped from files but read as code if an expression is included, so no text
  /// is skipped that one reading would compile. `#!` begins an attribute if the next token is `[`
  /// (Rust reference, *Shebang removal*). Some compilers count a comment between them as a token.
  private int[] starts() {
    int first = byteAt(0) == 0xEF && byteAt(1) == 0xBB && byteAt(2) == 0xBF ? 3 : 0;
    int[] starts = {first};
    if (byteAt(first) == '#' && byteAt(first + 1) == '!') {
      at = first + 2;
      skipSpace();
      boolean attribute = byteAt(at) == '[';
      skipSpaceAndComments();
      boolean perhaps = byteAt(at) == '[';
      if (!attribute) {
        starts = perhaps ? new int[] {first, lineEnd(first)} : new int[] {lineEnd(first)};
      }
    }
    int behind = behindFrontmatter(starts[starts.length - 1]);
    if (behind > 0) {
      starts = Arrays.copyOf(starts, starts.length + 1);
      starts[starts.length - 1] = behind;
    }
    return starts;
  }

  /// Returns the end of the frontmatter, or 0 if there is none. It consists of the lines between
  /// two fences of the same three or more dashes at the beginning of the source.
  private int behindFrontmatter(int from) {
    int fence = from;
    while (fence < length && ByteClass.is(source[fence], ByteClass.SPACE)) {
      fence++;
    }
    int dashes = 0;
    while (byteAt(fence + dashes) == '-') {
      dashes++;
    }
    if (dashes < 3) {
      return 0;
    }
    for (int line = lineEnd(fence) + 1; line < length; line = lineEnd(line) + 1) {
      int count = 0;
      while (byteAt(line + count) == '-') {
        count++;
      }
      if (count == dashes) {
        return lineEnd(line);
      }
    }
    return 0;
  }

  private void skipSpace() {
    while (at < length && ByteClass.is(source[at], ByteClass.SPACE)) {
      at++;
    }
  }

  private void token() {
    byte b = source[at];
    if (ByteClass.is(b, ByteClass.START)) {
      wordOrPrefixed();
    } else if (ByteClass.is(b, ByteClass.DIGIT)) {
      number();
    } else {
      switch (b) {
        case '"' -> string(TokenKind.STRING, at);
        case '\'' -> quote();
        case ':' -> {
          if (byteAt(at + 1) == ':') {
            add(TokenKind.PATH_SEPARATOR, at, at + 2);
          } else {
            punctuation();
          }
        }
        default -> punctuation();
      }
    }
  }

  private void wordOrPrefixed() {
    int start = at;
    int next = byteAt(at + 1);
    switch (source[at]) {
      case 'r' -> {
        if (rawString(TokenKind.RAW_STRING, at + 1)) {
          return;
        }
        if (next == '#' && at + 2 < length && ByteClass.is(source[at + 2], ByteClass.START)) {
          start = at + 2;
        }
      }
      case 'b' -> {
        if (next == '"') {
          string(TokenKind.BYTE_STRING, at + 1);
          return;
        }
        if (next == '\'') {
          character(TokenKind.BYTE, at, at + 1);
          return;
        }
        if (next == 'r' && rawString(TokenKind.RAW_BYTE_STRING, at + 2)) {
          return;
        }
      }
      case 'c' -> {
        if (next == '"') {
          string(TokenKind.C_STRING, at + 1);
          return;
        }
        if (next == 'r' && rawString(TokenKind.RAW_C_STRING, at + 2)) {
          return;
        }
      }
      default -> {}
    }
    word(start);
  }

  /// Reads an identifier and computes its hash.
  private void word(int start) {
    int hash = 0;
    int i = start;
    while (i < length && ByteClass.is(source[i], ByteClass.WORD)) {
      if (source[i] < 0 && unicodeSpace(i) > 0) {
        i = Math.max(i, start + 1);
        break;
      }
      hash = WordTable.HASH_FACTOR * hash + source[i];
      i++;
    }
    tokens.addWord(start, i, words.number(source, start, i, hash), hash);
    at = i;
  }

  private void punctuation() {
    tokens.addPunctuation(at);
    at++;
  }

  /// Reads a raw string whose hashes begin at a position.
  ///
  /// @return false if none begins there
  private boolean rawString(TokenKind kind, int hashesAt) {
    int hashes = 0;
    while (byteAt(hashesAt + hashes) == '#') {
      hashes++;
    }
    if (byteAt(hashesAt + hashes) != '"') {
      return false;
    }
    int i = hashesAt + hashes + 1;
    while (i < length) {
      if (source[i++] == '"') {
        int closing = 0;
        while (closing < hashes && byteAt(i + closing) == '#') {
          closing++;
        }
        if (closing == hashes) {
          add(kind, at, i + hashes);
          return true;
        }
        // The counted hashes cannot contain a quote.
        i += closing;
      }
    }
    add(kind, at, length);
    return true;
  }

  private void string(TokenKind kind, int quoteAt) {
    int i = quoteAt + 1;
    while (i < length && source[i] != '"') {
      i += source[i] == '\\' ? 2 : 1;
    }
    add(kind, at, Math.min(i + 1, length));
  }

  /// Reads a lifetime or a character. A character has its closing quote after one code point or
  /// escape (Rust reference, *Lifetimes and loop labels*).
  private void quote() {
    int next = byteAt(at + 1);
    if (next == '\\' || byteAt(at + 1 + codePointLength(at + 1)) == '\'') {
      character(TokenKind.CHARACTER, at, at);
      return;
    }
    if (at + 1 < length && ByteClass.is(source[at + 1], ByteClass.START)) {
      boolean raw =
          next == 'r'
              && byteAt(at + 2) == '#'
              && at + 3 < length
              && ByteClass.is(source[at + 3], ByteClass.START);
      add(TokenKind.LIFETIME, at, wordEnd(raw ? at + 3 : at + 1));
      return;
    }
    punctuation();
  }

  /// Reads a character or byte. One without a closing quote ends with its line, so that the next
  /// quote does not close it.
  private void character(TokenKind kind, int start, int quoteAt) {
    int i = quoteAt + 1;
    if (byteAt(i) == '\\') {
      i += 2;
      while (i < length && source[i] != '\'' && source[i] != '\n') {
        i++;
      }
    } else {
      i += codePointLength(i);
    }
    add(kind, start, Math.min(byteAt(i) == '\'' ? i + 1 : i, length));
  }

  private void number() {
    int i = at;
    boolean decimal = !(source[at] == '0' && "xXoObB".indexOf(byteAt(at + 1)) >= 0);
    while (i < length) {
      byte b = source[i];
      boolean exponent = decimal && (b == 'e' || b == 'E');
      if (exponent && (byteAt(i + 1) == '+' || byteAt(i + 1) == '-') && isDigit(byteAt(i + 2))) {
        i += 2;
      } else if (ByteClass.is(b, ByteClass.WORD)) {
        i++;
      } else if (b == '.' && decimal && isDigit(byteAt(i + 1)) && i > at) {
        i++;
      } else {
        break;
      }
    }
    add(TokenKind.NUMBER, at, i);
  }

  private void add(TokenKind kind, int start, int end) {
    tokens.add(kind, start, end, WordTable.UNKNOWN);
    at = end;
  }

  private void skipSpaceAndComments() {
    while (at < length) {
      byte b = source[at];
      if (ByteClass.is(b, ByteClass.SPACE)) {
        at++;
      } else if (b == '/' && byteAt(at + 1) == '/') {
        at = lineEnd(at);
      } else if (b == '/' && byteAt(at + 1) == '*') {
        blockComment();
      } else if (b < 0 && unicodeSpace(at) > 0) {
        at += unicodeSpace(at);
      } else {
        return;
      }
    }
  }

  private void blockComment() {
    int depth = 1;
    at += 2;
    while (at < length && depth > 0) {
      if (source[at] == '/' && byteAt(at + 1) == '*') {
        depth++;
        at += 2;
      } else if (source[at] == '*' && byteAt(at + 1) == '/') {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    at = Math.min(at, length);
  }

  /// Returns the length of a space beyond ASCII (`Pattern_White_Space`): U+0085, U+200E, U+200F,
  /// U+2028, U+2029. 0 for any other character.
  private int unicodeSpace(int i) {
    if (byteAt(i) == 0xC2 && byteAt(i + 1) == 0x85) {
      return 2;
    }
    if (byteAt(i) != 0xE2 || byteAt(i + 1) != 0x80) {
      return 0;
    }
    return switch (byteAt(i + 2)) {
      case 0x8E, 0x8F, 0xA8, 0xA9 -> 3;
      default -> 0;
    };
  }

  private int wordEnd(int start) {
    int i = start;
    while (i < length && ByteClass.is(source[i], ByteClass.WORD)) {
      if (source[i] < 0 && unicodeSpace(i) > 0) {
        return Math.max(i, start + 1);
      }
      i++;
    }
    return i;
  }

  private int lineEnd(int from) {
    int i = from;
    while (i < length && source[i] != '\n') {
      i++;
    }
    return i;
  }

  private int codePointLength(int i) {
    int lead = byteAt(i);
    return lead < 0xC0 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  private int byteAt(int i) {
    return i >= 0 && i < length ? source[i] & 0xFF : -1;
  }

  private static boolean isDigit(int b) {
    return b >= '0' && b <= '9';
  }
}
