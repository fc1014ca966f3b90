package lazaret.credential;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parser for one JSON value in a line. It exists because cargo waits for the provider, and a
/// library takes longer to load than the whole reply. Not thread-safe.
///
/// Source: RFC 8259.
final class JsonLineParser {
  private static final int MAX_DEPTH = 8;
  private static final int HEX = 16;

  private final String text;
  private int at;

  private JsonLineParser(String text) {
    this.text = text;
  }

  /// Returns the members of an object. Values are texts, maps, lists, `Boolean`, `Double`, and null
  /// for `null`.
  ///
  /// @throws CredentialException if the text is not one JSON object, or is nested too deeply
  static Map<String, @Nullable Object> object(String text) {
    JsonLineParser parser = new JsonLineParser(text);
    parser.space();
    if (parser.next() != '{') {
      throw parser.malformed();
    }
    Map<String, @Nullable Object> members = parser.members(1);
    parser.space();
    if (parser.at != text.length()) {
      throw parser.malformed();
    }
    return members;
  }

  private @Nullable Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw malformed();
    }
    space();
    char first = next();
    return switch (first) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> members(int depth) {
    Map<String, @Nullable Object> members = new HashMap<>();
    space();
    if (peek() == '}') {
      at++;
      return members;
    }
    char end;
    do {
      space();
      expect('"');
      String name = string();
      space();
      expect(':');
      if (members.containsKey(name)) {
        throw malformed();
      }
      members.put(name, value(depth + 1));
      space();
      end = next();
    } while (end == ',');
    if (end != '}') {
      throw malformed();
    }
    return members;
  }

  private List<@Nullable Object> items(int depth) {
    List<@Nullable Object> items = new ArrayList<>();
    space();
    if (peek() == ']') {
      at++;
      return items;
    }
    char end;
    do {
      items.add(value(depth + 1));
      space();
      end = next();
    } while (end == ',');
    if (end != ']') {
      throw malformed();
    }
    return items;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw malformed();
      }
      string.append(c == '\\' ? escaped() : c);
    }
    return string.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw malformed();
    };
  }

  /// Reads a code unit of UTF-16: four hexadecimal digits.
  private char unit() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), HEX);
      if (digit < 0) {
        throw malformed();
      }
      code = code * HEX + digit;
    }
    return (char) code;
  }

  private Double number() {
    int start = at - 1;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    char first = digits.charAt(0);
    if (first != '-' && (first < '0' || first > '9')) {
      throw malformed();
    }
    try {
      return Double.valueOf(digits);
    } catch (NumberFormatException _) {
      throw malformed();
    }
  }

  private @Nullable Object word(String word, @Nullable Boolean value) {
    if (!text.startsWith(word, at - 1)) {
      throw malformed();
    }
    at += word.length() - 1;
    return value;
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private char next() {
    if (at >= text.length()) {
      throw malformed();
    }
    return text.charAt(at++);
  }

  private void expect(char c) {
    if (next() != c) {
      throw malformed();
    }
  }

  /// Returns the failure without the text, which may have a token.
  private CredentialException malformed() {
    return new CredentialException(
        "cannot read the request of cargo: expected one JSON object in a line, found another form"
            + " at character "
            + at);
  }
}
