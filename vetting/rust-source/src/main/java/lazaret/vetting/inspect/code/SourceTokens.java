package lazaret.vetting.inspect.code;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import org.jspecify.annotations.Nullable;

/// The tokens of a source, with their identifiers as text and their brackets matched. Linear in
/// time and memory.
///
/// Each distinct identifier has a number and a list of its positions. A rule begins at the
/// positions of its words ([#at]), so it skips a source that has none of them.
public final class SourceTokens {
  private static final int MAX_LITERAL = 2_048;
  private static final int MAX_EXPRESSION = 4_096;
  private static final int MAX_ARGUMENTS = 256;
  private static final int MAX_HEAD = 96;

  /// The number of token visits in total: a hundred times those of a large build script.
  private static final int MAX_VISITS = 1 << 25;

  private int visits;

  private final RustTokens tokens;
  private final int size;

  /// The number of an identifier; 0 for other tokens.
  private final int[] numbers;

  private final IdentifierTable identifiers;
  private final int[] closing;

  /// The first position of each identifier, by its number.
  private final int[] firsts;

  /// The next position of the same identifier; for a string its index in [#strings].
  private final int[] next;

  private final int[] strings;
  private final int[] figures;
  private final String[] literals;
  private final int[] needs;
  private @Nullable BitSet quoted;

  public SourceTokens(RustTokens tokens) {
    this.tokens = tokens;
    size = tokens.size();
    numbers = new int[size];
    closing = BracketPairs.of(tokens);
    next = new int[size];
    identifiers = new IdentifierTable(tokens);
    var texts = new TokenList();
    var integers = new TokenList();
    read(texts, integers);
    strings = texts.all();
    figures = integers.all();
    literals = new String[strings.length];
    needs = new int[strings.length];
    firsts = new int[identifiers.end()];
    Arrays.fill(firsts, size);
    for (int i = size - 1; i >= 0; i--) {
      if (numbers[i] != 0) {
        next[i] = firsts[numbers[i]];
        firsts[numbers[i]] = i;
      }
    }
  }

  /// Numbers the identifiers, and collects strings and numbers.
  private void read(TokenList texts, TokenList integers) {
    for (int i = 0; i < size; i++) {
      switch (tokens.kind(i)) {
        case IDENTIFIER -> numbers[i] = identifiers.number(i);
        case STRING, RAW_STRING, BYTE_STRING, RAW_BYTE_STRING, C_STRING, RAW_C_STRING -> {
          next[i] = texts.size();
          texts.add(i);
        }
        case NUMBER -> integers.add(i);
        case PUNCTUATION, CHARACTER, BYTE, LIFETIME, PATH_SEPARATOR -> {}
      }
    }
  }

  /// Returns the positions of some words, in order.
  public int[] at(WordSet words) {
    return at(identified(words));
  }

  /// Returns the positions of the identifiers that match a condition, in order.
  public int[] at(Predicate<String> wanted) {
    return at(identifiers.matching(wanted));
  }

  private int[] at(int[] identified) {
    var places = new TokenList();
    for (int number : identified) {
      for (int at = firsts[number]; at < size; at = next[at]) {
        places.add(at);
      }
    }
    int[] all = places.all();
    if (identified.length > 1) {
      Arrays.sort(all);
    }
    return all;
  }

  /// Returns whether the source contains one of some words.
  public boolean has(WordSet words) {
    return identified(words).length > 0;
  }

  /// Returns for each number of an identifier whether it is one of some words.
  public boolean[] named(WordSet words) {
    return named(identified(words));
  }

  /// Returns the numbers of those of some words that the source contains.
  int[] identified(WordSet words) {
    return identifiers.find(words);
  }

  /// Returns the patterns that could match an identifier by its number, as bits for
  /// [PatternPrefilter.Need#in].
  public int identifierNeeds(int number) {
    return identifiers.needs(number);
  }

  /// Returns the number of an identifier by its text, or 0 if the source does not contain it.
  public int find(String word) {
    return identifiers.find(word, IdentifierTable.hash(word));
  }

  /// Returns the number of identifier numbers, including 0 for none.
  public int identifiers() {
    return firsts.length;
  }

  /// Returns the text of an identifier by its number, or the empty text for 0.
  public String identifier(int number) {
    return identifiers.text(number);
  }

  /// Returns the number of the identifier at a token, or 0 for other tokens.
  public int identified(int at) {
    return at >= 0 && at < size ? numbers[at] : 0;
  }

  /// Returns the positions of all strings, in order. The array must not be changed.
  public int[] strings() {
    return strings;
  }

  /// Returns the positions of all numbers, in order. The array must not be changed.
  public int[] numbers() {
    return figures;
  }

  /// Returns for each number of an identifier whether it matches a condition; false for 0.
  public boolean[] named(Predicate<String> wanted) {
    return named(identifiers.matching(wanted));
  }

  private boolean[] named(int[] identified) {
    boolean[] named = new boolean[identifiers.end()];
    for (int number : identified) {
      named[number] = true;
    }
    return named;
  }

  /// Returns whether a token is an identifier of a selection.
  ///
  /// @param named the selection, by [#named]
  public boolean is(int at, boolean[] named) {
    return at >= 0 && at < size && named[numbers[at]];
  }

  /// Returns a character of punctuation, or 0 for other tokens.
  public char punctuation(int at) {
    return tokens.punctuation(at);
  }

  /// Returns whether a token is part of code that a macro emits.
  public boolean quoted(int at) {
    BitSet known = quoted;
    if (known == null) {
      known = quotes();
      quoted = known;
    }
    return known.get(at);
  }

  private BitSet quotes() {
    var all = new BitSet();
    boolean[] quotes = named(word -> word.startsWith("quote"));
    for (int i = 0; i < size; i++) {
      if (is(i, quotes) && macro(i)) {
        all.set(i, closing[i + 2]);
        i = closing[i + 2];
      }
    }
    return all;
  }

  /// Subtracts from the number of remaining visits, and returns whether there were enough.
  public boolean spend(int tokensVisited) {
    visits += tokensVisited;
    return visits < MAX_VISITS;
  }

  /// Returns whether no visit was refused.
  public boolean whole() {
    return visits < MAX_VISITS;
  }

  /// Returns the line of a token.
  public int line(int at) {
    return tokens.line(Math.clamp(at, 0, size - 1));
  }

  /// Returns the number of tokens.
  public int size() {
    return size;
  }

  /// Returns an identifier, or the empty text for other tokens.
  public String word(int at) {
    return identifiers.text(identified(at));
  }

  /// Returns whether a token is a punctuation character.
  public boolean is(int at, char punctuation) {
    return tokens.is(at, punctuation);
  }

  /// Returns whether a token is an identifier.
  public boolean is(int at, String word) {
    return identifiers.text(identified(at)).equals(word);
  }

  /// Returns whether a token is a path separator.
  public boolean separator(int at) {
    return tokens.is(at, TokenKind.PATH_SEPARATOR);
  }

  /// Returns whether a token is a string literal of any form.
  public boolean string(int at) {
    return at >= 0 && at < size && tokens.kind(at).string();
  }

  boolean byteString(int at) {
    return tokens.is(at, TokenKind.BYTE_STRING) || tokens.is(at, TokenKind.RAW_BYTE_STRING);
  }

  /// Returns whether a token is a character or byte literal.
  public boolean character(int at) {
    return tokens.is(at, TokenKind.CHARACTER) || tokens.is(at, TokenKind.BYTE);
  }

  /// Returns whether a token is a number.
  public boolean number(int at) {
    return tokens.is(at, TokenKind.NUMBER);
  }

  /// Returns the text of a literal; a long one is shortened.
  public String literal(int at) {
    if (!tokens.kind(at).string()) {
      return decoded(at);
    }
    String known = literals[next[at]];
    if (known == null) {
      known = decoded(at);
      literals[next[at]] = known;
    }
    return known;
  }

  private String decoded(int at) {
    byte[] value = tokens.value(at);
    return new String(value, 0, Math.min(value.length, MAX_LITERAL), StandardCharsets.UTF_8);
  }

  /// Returns the patterns that could match a string as written, as bits for
  /// [PatternPrefilter.Need#in].
  public int written(int at) {
    int known = needs[next[at]];
    if (known == 0) {
      known =
          PatternPrefilter.of(tokens.source(), tokens.start(at), tokens.end(at))
              | PatternPrefilter.KNOWN;
      needs[next[at]] = known;
    }
    return known;
  }

  /// Returns the patterns that could match the value of a string, as bits for
  /// [PatternPrefilter.Need#in].
  public int needs(int at) {
    int found = written(at);
    return (found & PatternPrefilter.ESCAPED) == 0 ? found : PatternPrefilter.of(literal(at));
  }

  /// Returns the length of a token as written, in bytes.
  public int length(int at) {
    return tokens.end(at) - tokens.start(at);
  }

  /// Returns whether the written form of a token begins with a text.
  public boolean begins(int at, String text) {
    return tokens.begins(at, text);
  }

  /// Returns the text of a token.
  public String text(int at) {
    return tokens.text(at);
  }

  /// Returns whether a token opens a bracket.
  public boolean opens(int at) {
    return BracketPairs.opens(tokens, at);
  }

  /// Returns whether a token closes a bracket.
  public boolean closes(int at) {
    return BracketPairs.closes(tokens, at);
  }

  /// Returns the token that closes a bracket, or the token itself if it is not an opening one.
  public int close(int at) {
    return at >= 0 && at < size ? closing[at] : at;
  }

  /// Returns whether a token is an identifier of a value: neither a method nor a field.
  public boolean value(int at) {
    return !word(at).isEmpty() && !is(at - 1, '.');
  }

  /// Returns whether a token names a macro that is invoked.
  public boolean macro(int at) {
    return is(at + 1, '!') && at + 2 < size && opens(at + 2);
  }

  /// Returns the end of an expression.
  ///
  /// @param block whether a brace ends it, as after `if let`
  public int end(int from, boolean block) {
    int at = from;
    for (int steps = 0; at < size && steps < MAX_EXPRESSION; steps++) {
      if (is(at, ';') || closes(at) || (block && is(at, '{'))) {
        return at;
      }
      at = closing[at] + 1;
    }
    return at;
  }

  /// Returns the next token of a punctuation outside of brackets, or the end of the statement.
  public int until(int from, char end) {
    int at = from;
    while (at < from + MAX_HEAD && at < size && !is(at, end) && !is(at, ';')) {
      at = closing[at] + 1;
    }
    return at;
  }

  /// Returns the ranges of the arguments in a pair of brackets; none after the last token.
  public List<Range> arguments(int open) {
    List<Range> all = new ArrayList<>();
    int end = close(open);
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

  /// Returns the parts of `(a, b)`, or none for any other range.
  public List<Range> tuple(Range range) {
    int end = close(range.from()) + 1;
    boolean whole = is(range.from(), '(') && (end == range.to() || is(end, "else"));
    List<Range> parts = whole ? arguments(range.from()) : List.of();
    return parts.size() > 1 ? parts : List.of();
  }

  /// The tokens from one position up to another, exclusive.
  public record Range(int from, int to) {}
}
