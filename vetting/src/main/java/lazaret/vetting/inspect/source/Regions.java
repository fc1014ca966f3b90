package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// Which tokens belong to tests. Only the plain `#[cfg(test)]`, `#[test]` and `#[bench]` outside of
/// macros count: a macro could drop the attribute and keep what stands behind it. Time is linear:
/// each token is looked through at most once for the end of a region of each kind.
final class Regions {
  /// Within how many tokens of the head `#![cfg(test)]` is taken for the whole source.
  private static final int HEAD = 128;

  private final RustTokens tokens;
  private int testFrom;
  private int testUntil;
  private int macroUntil;

  Regions(RustTokens tokens) {
    this.tokens = tokens;
  }

  /// Returns whether a token belongs to a test; asked for tokens that have been passed.
  boolean test(int token) {
    return token >= testFrom && token < testUntil;
  }

  /// Reads an attribute.
  ///
  /// @param at the token `#`
  void attribute(int at, int depth) {
    if (at < testUntil || at < macroUntil) {
      return;
    }
    boolean inner = tokens.is(at + 1, '!');
    int open = inner ? at + 2 : at + 1;
    if (!tokens.is(open, '[') || !testAttribute(open + 1)) {
      return;
    }
    if (!inner) {
      testFrom = at;
      testUntil = itemEnd(close(open));
    } else if (depth == 0 && at < HEAD) {
      testFrom = at;
      testUntil = tokens.size();
    }
  }

  private boolean testAttribute(int at) {
    int word = tokens.word(at);
    if (word == Vocabulary.CFG) {
      return tokens.is(at + 1, '(')
          && tokens.word(at + 2) == Vocabulary.TEST
          && tokens.is(at + 3, ')')
          && tokens.is(at + 4, ']');
    }
    return (word == Vocabulary.TEST || word == Vocabulary.BENCH) && tokens.is(at + 1, ']');
  }

  /// Reads a macro's invocation or definition: `name! {`, `name! other {`.
  void macro(int at) {
    if (at < macroUntil || !tokens.is(at + 1, '!')) {
      return;
    }
    int open = tokens.is(at + 2, TokenKind.IDENTIFIER) ? at + 3 : at + 2;
    if (opens(open)) {
      macroUntil = close(open);
    }
  }

  /// Returns the token behind the bracket that closes one; the end of the source if none does.
  int close(int open) {
    int nested = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (opens(i)) {
        nested++;
      } else if (closes(i) && --nested == 0) {
        return i + 1;
      }
    }
    return tokens.size();
  }

  /// Returns the token behind an item that begins with further attributes or at once. What ends a
  /// field, an arm or the block around ends the item too.
  private int itemEnd(int start) {
    int nested = 0;
    for (int i = start; i < tokens.size(); i++) {
      char c = tokens.punctuation(i);
      if (nested == 0 && (c == ';' || c == ',' || closes(i))) {
        return i;
      }
      if (nested == 0 && c == '{') {
        return close(i);
      }
      if (opens(i)) {
        nested++;
      } else if (closes(i)) {
        nested--;
      }
    }
    return tokens.size();
  }

  private boolean opens(int at) {
    char c = at < tokens.size() ? tokens.punctuation(at) : 0;
    return c == '{' || c == '(' || c == '[';
  }

  private boolean closes(int at) {
    char c = tokens.punctuation(at);
    return c == '}' || c == ')' || c == ']';
  }
}
