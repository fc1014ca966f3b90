package lazaret.vetting.toml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import lazaret.vetting.toml.TomlScalar.Kind;
import org.jspecify.annotations.Nullable;

/// A streaming reader of TOML documents. It keeps only the text, the path of the current key and
/// one value. Time is linear, and the stack is bounded by [#MAX_DEPTH].
///
/// Accepts TOML 1.0 and the wider forms of 1.1 (toml.io), and so every document that some cargo
/// reads. Duplicate keys are left to the visitor.
public final class TomlReader {
  /// The maximum nesting of arrays and inline tables, and the maximum number of keys in a path.
  public static final int MAX_DEPTH = 64;

  /// The longest number or date that is read strictly, in characters.
  private static final int MAX_NUMBER = 200;

  private final TomlCursor in;
  private final TomlStrings strings;
  private final boolean strict;
  private final TomlVisitor visitor;
  private final List<String> path = new ArrayList<>();
  private final List<String> borrowed = Collections.unmodifiableList(path);
  private int depth;
  private int arrays;

  private TomlReader(String text, TomlVisitor visitor, boolean strict) {
    this.in = new TomlCursor(text);
    this.strings = new TomlStrings(in, strict);
    this.strict = strict;
    this.visitor = visitor;
  }

  /// Reads a document.
  ///
  /// @param document UTF-8, with or without a byte order mark; the caller limits its length
  /// @param visitor receives the content
  /// @return the visitor, if the whole document was read
  public static <V extends TomlVisitor> TomlOutcome<V> read(Bytes document, V visitor) {
    String text = text(document);
    return text == null ? new TomlOutcome.Malformed<>(1, 1, "not UTF-8") : read(text, visitor);
  }

  /// Decodes a document.
  ///
  /// @return the text without a byte order mark; null if it is not UTF-8
  static @Nullable String text(Bytes document) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document.array())).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      return null;
    }
  }

  static <V extends TomlVisitor> TomlOutcome<V> read(String text, V visitor) {
    return read(visitor, new TomlReader(text, visitor, false));
  }

  /// Reads a document of TOML 1.0. Wider forms and misspelt numbers and dates are refused, so that
  /// another reader of TOML 1.0 finds the same strings, and the same nesting outside of them.
  static <V extends TomlVisitor> TomlOutcome<V> readStrictly(String text, V visitor) {
    return read(visitor, new TomlReader(text, visitor, true));
  }

  private static <V extends TomlVisitor> TomlOutcome<V> read(V visitor, TomlReader reader) {
    try {
      reader.document();
      return new TomlOutcome.Document<>(visitor);
    } catch (TomlCursor.Malformed e) {
      return reader.in.malformed(e.detail());
    }
  }

  private void document() {
    int tableKeys = 0;
    while (in.skipBlankLines()) {
      if (in.peek() == '[') {
        path.clear();
        header();
        tableKeys = path.size();
      } else {
        keyAndValue();
        truncate(tableKeys);
      }
      in.endOfLine();
    }
  }

  private void header() {
    visitor.position(in.offset());
    in.expect('[');
    boolean element = in.accept('[');
    in.skipSpaces();
    key();
    in.expect(']');
    if (element) {
      in.expect(']');
    }
    visitor.table(borrowed, element);
  }

  private void keyAndValue() {
    visitor.position(in.offset());
    key();
    in.expect('=');
    in.skipSpaces();
    value();
  }

  /// Appends the parts of a dotted key to the path. The cursor is then after the spaces that
  /// follow.
  private void key() {
    do {
      in.skipSpaces();
      if (path.size() >= MAX_DEPTH) {
        throw in.fail("more than " + MAX_DEPTH + " keys in one path");
      }
      path.add(simpleKey());
      in.skipSpaces();
    } while (in.accept('.'));
  }

  private String simpleKey() {
    return switch (in.peek()) {
      case '"' -> strings.basicLine();
      case '\'' -> strings.literalLine();
      default -> {
        String bare = in.takeWhile(TomlReader::isBareKey);
        if (bare.isEmpty()) {
          throw in.fail("expected a key, found " + in.found());
        }
        yield bare;
      }
    };
  }

  private void value() {
    switch (in.peek()) {
      case '"' -> scalar(Kind.STRING, in.at("\"\"\"") ? strings.basicLines() : strings.basicLine());
      case '\'' ->
          scalar(Kind.STRING, in.at("'''") ? strings.literalLines() : strings.literalLine());
      case '[' -> array();
      case '{' -> inlineTable();
      default -> bareValue();
    }
  }

  private void scalar(Kind kind, String text) {
    visitor.value(borrowed, new TomlScalar(kind, text, arrays > 0));
  }

  private void bareValue() {
    String token = in.takeWhile(TomlReader::isBareValue);
    if (token.equals("true") || token.equals("false")) {
      scalar(Kind.BOOLEAN, token);
      return;
    }
    // Offset Date-Time allows a space in place of the T (TOML 1.0, "Offset Date-Time").
    if (isDate(token) && in.peek() == ' ' && isDigit(in.peekNext())) {
      in.expect(' ');
      token = token + ' ' + in.takeWhile(TomlReader::isBareValue);
    }
    if (!startsLikeNumber(token)) {
      throw in.fail("expected a value, found " + (token.isEmpty() ? in.found() : "a bare word"));
    }
    if (strict && (token.length() > MAX_NUMBER || !Strict.NUMBER.matcher(token).matches())) {
      in.advance(-token.length());
      throw in.fail(
          "expected a number or a date, found '%s'; write a text in quotes"
              .formatted(Excerpt.of(token)));
    }
    scalar(Kind.OTHER, token);
  }

  private void array() {
    descend('[');
    visitor.startArray(borrowed);
    arrays++;
    in.skipBlankLines();
    while (in.peek() != ']') {
      visitor.position(in.offset());
      value();
      in.skipBlankLines();
      if (!in.accept(',')) {
        break;
      }
      in.skipBlankLines();
    }
    in.expect(']');
    visitor.endArray();
    arrays--;
    depth--;
  }

  private void inlineTable() {
    descend('{');
    visitor.startTable(borrowed);
    int keys = path.size();
    skipInInlineTable();
    while (in.peek() != '}') {
      keyAndValue();
      truncate(keys);
      skipInInlineTable();
      if (!in.accept(',')) {
        break;
      }
      skipInInlineTable();
    }
    in.expect('}');
    visitor.endTable();
    depth--;
  }

  /// Skips spaces, and outside of TOML 1.0 also comments and line ends.
  private void skipInInlineTable() {
    if (strict) {
      in.skipSpaces();
    } else {
      in.skipBlankLines();
    }
  }

  private void descend(char opening) {
    if (++depth > MAX_DEPTH) {
      throw in.fail("nested deeper than " + MAX_DEPTH);
    }
    in.expect(opening);
  }

  private void truncate(int keys) {
    while (path.size() > keys) {
      path.removeLast();
    }
  }

  private static boolean isBareKey(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '_' || c == '-';
  }

  private static boolean isBareValue(int c) {
    return isBareKey(c) || c == '+' || c == '.' || c == ':';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isDate(String token) {
    return token.length() == 10 && token.charAt(4) == '-' && token.charAt(7) == '-';
  }

  private static boolean startsLikeNumber(String token) {
    String unsigned = token.startsWith("+") || token.startsWith("-") ? token.substring(1) : token;
    return unsigned.equals("inf")
        || unsigned.equals("nan")
        || (!unsigned.isEmpty() && isDigit(unsigned.charAt(0)));
  }

  /// The forms of TOML 1.0. They are compiled at the first strict reading, and not at each start of
  /// a command.
  private static final class Strict {
    /// The numbers, dates and times. The length is limited before a match, since the stack of a
    /// match grows with it.
    static final Pattern NUMBER =
        Pattern.compile(
            "[+-]?(?:0|[1-9](?:_?[0-9])*)(?:\\.[0-9](?:_?[0-9])*)?(?:[eE][+-]?[0-9](?:_?[0-9])*)?"
                + "|[+-]?(?:inf|nan)"
                + "|0x[0-9A-Fa-f](?:_?[0-9A-Fa-f])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*"
                + "|(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ])?[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?"
                + "|[0-9]{4}-[0-9]{2}-[0-9]{2}"
                + "(?:[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?"
                + "(?:[Zz]|[+-][0-9]{2}:[0-9]{2}))?");
  }
}
