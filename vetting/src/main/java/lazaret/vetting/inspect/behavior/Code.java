package lazaret.vetting.inspect.behavior;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// Tokens of a source with their identifiers as text and their brackets matched. Linear in time and
/// memory.
///
/// Each distinct identifier has a number, so that a rule asks its sets once for each identifier of
/// a source ([#named]) and not once for each token.
final class Code {
  private static final int MAX_LITERAL = 2_048;
  private static final int MAX_NESTED = 1 << 12;
  private static final int MAX_EXPRESSION = 4_096;
  private static final int MAX_ARGUMENTS = 256;
  private static final int MAX_HEAD = 96;

  /// How many tokens are visited in all: a hundred times those of a large build script.
  private static final int MAX_VISITS = 1 << 25;

  private int visits;

  private final RustTokens tokens;
  private final String[] words;
  private final int[] numbers;
  private final Identifiers identifiers;
  private final int[] closing;
  private final BitSet quoted = new BitSet();

  Code(RustTokens tokens) {
    this.tokens = tokens;
    words = new String[tokens.size()];
    numbers = new int[tokens.size()];
    closing = new int[tokens.size()];
    identifiers = new Identifiers(tokens);
    int[] open = new int[MAX_NESTED];
    int depth = 0;
    for (int i = 0; i < words.length; i++) {
      words[i] = "";
      closing[i] = i;
      if (tokens.is(i, TokenKind.IDENTIFIER)) {
        numbers[i] = identifiers.number(i);
        words[i] = identifiers.text(numbers[i]);
      } else if (opens(i) && depth < MAX_NESTED) {
        open[depth++] = i;
      } else if (closes(i) && depth > 0) {
        closing[open[--depth]] = i;
      }
    }
    while (depth > 0) {
      closing[open[--depth]] = words.length - 1;
    }
    quotes();
  }

  private void quotes() {
    boolean[] quotes = named(word -> word.startsWith("quote"));
    for (int i = 0; i < words.length; i++) {
      if (is(i, quotes) && macro(i)) {
        quoted.set(i, closing[i + 2]);
        i = closing[i + 2];
      }
    }
  }

  /// Returns for each number of an identifier whether it is wanted; what is no identifier never is.
  boolean[] named(Predicate<String> wanted) {
    boolean[] named = new boolean[identifiers.end()];
    for (int number = 1; number < named.length; number++) {
      named[number] = wanted.test(identifiers.text(number));
    }
    return named;
  }

  /// Returns whether a token is an identifier that is wanted.
  ///
  /// @param named by [#named]
  boolean is(int at, boolean[] named) {
    return at >= 0 && at < numbers.length && named[numbers[at]];
  }

  /// Returns a character of punctuation, or 0 for any other token.
  char punctuation(int at) {
    return tokens.punctuation(at);
  }

  /// Returns whether a token is part of code that is given out.
  boolean quoted(int at) {
    return quoted.get(at);
  }

  /// Takes from what may still be visited; returns whether there was enough.
  boolean spend(int tokensVisited) {
    visits += tokensVisited;
    return visits < MAX_VISITS;
  }

  /// Returns whether all was visited that had to be.
  boolean whole() {
    return visits < MAX_VISITS;
  }

  /// Returns the line of a token.
  int line(int at) {
    return tokens.line(Math.clamp(at, 0, words.length - 1));
  }

  int size() {
    return words.length;
  }

  /// Returns an identifier, or the empty text for any other token.
  String word(int at) {
    return at >= 0 && at < words.length ? words[at] : "";
  }

  boolean is(int at, char punctuation) {
    return tokens.is(at, punctuation);
  }

  boolean is(int at, String word) {
    return word(at).equals(word);
  }

  boolean separator(int at) {
    return tokens.is(at, TokenKind.PATH_SEPARATOR);
  }

  boolean string(int at) {
    return at >= 0 && at < words.length && tokens.kind(at).string();
  }

  boolean byteString(int at) {
    return tokens.is(at, TokenKind.BYTE_STRING) || tokens.is(at, TokenKind.RAW_BYTE_STRING);
  }

  boolean character(int at) {
    return tokens.is(at, TokenKind.CHARACTER) || tokens.is(at, TokenKind.BYTE);
  }

  boolean number(int at) {
    return tokens.is(at, TokenKind.NUMBER);
  }

  /// Returns the text of a literal, a long one cut.
  String literal(int at) {
    byte[] value = tokens.value(at);
    return new String(value, 0, Math.min(value.length, MAX_LITERAL), StandardCharsets.UTF_8);
  }

  String text(int at) {
    return tokens.text(at);
  }

  boolean opens(int at) {
    char c = tokens.punctuation(at);
    return c == '(' || c == '[' || c == '{';
  }

  boolean closes(int at) {
    char c = tokens.punctuation(at);
    return c == ')' || c == ']' || c == '}';
  }

  /// Returns the token that closes a bracket; the token itself where it opens none.
  int close(int at) {
    return at >= 0 && at < closing.length ? closing[at] : at;
  }

  /// Returns whether a token is an identifier of a value: neither a method nor a field.
  boolean value(int at) {
    return !word(at).isEmpty() && !is(at - 1, '.');
  }

  /// Returns whether a token names a macro that is invoked.
  boolean macro(int at) {
    return is(at + 1, '!') && at + 2 < words.length && opens(at + 2);
  }

  /// Returns where an expression ends.
  ///
  /// @param block whether a brace ends it, as behind `if let`
  int end(int from, boolean block) {
    int at = from;
    for (int steps = 0; at < words.length && steps < MAX_EXPRESSION; steps++) {
      if (is(at, ';') || closes(at) || (block && is(at, '{'))) {
        return at;
      }
      at = closing[at] + 1;
    }
    return at;
  }

  /// Returns the next token of a punctuation outside of brackets, or where the statement ends.
  int until(int from, char end) {
    int at = from;
    while (at < from + MAX_HEAD && at < words.length && !is(at, end) && !is(at, ';')) {
      at = closing[at] + 1;
    }
    return at;
  }

  /// Returns the ranges of the arguments between a bracket and its end.
  List<Range> arguments(int open) {
    List<Range> all = new ArrayList<>();
    int end = closing[open];
    int from = open + 1;
    for (int at = from;
        at <= end && all.size() < MAX_ARGUMENTS && spend(1);
        at = at == end ? at + 1 : closing[at] + 1) {
      if (at == end || is(at, ',')) {
        if (at > from) {
          all.add(new Range(from, at));
        }
        from = at + 1;
      }
    }
    return all;
  }

  /// Returns the parts of `(a, b)`; none where a range is anything else.
  List<Range> tuple(Range range) {
    int end = close(range.from()) + 1;
    boolean whole = is(range.from(), '(') && (end == range.to() || is(end, "else"));
    List<Range> parts = whole ? arguments(range.from()) : List.of();
    return parts.size() > 1 ? parts : List.of();
  }

  /// Tokens from one on up to another.
  record Range(int from, int to) {}
}
