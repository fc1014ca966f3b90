package lazaret.vetting.inspect.source;

import java.util.BitSet;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// The tokens of a source that belong to tests.
///
/// Only `#[cfg(test)]`, `#[cfg(all(test, ..))]`, `#[test]` and `#[bench]` outside of macros count.
/// A macro, or an attribute other than the language's own on or around the item, could drop the
/// attribute and keep the code. Time is linear: each token is searched at most once for the end of
/// a region of each kind.
final class TestRegions {
  /// The number of tokens from the beginning in which `#![cfg(test)]` applies to the whole source.
  private static final int HEAD = 128;

  private final RustTokens tokens;
  private int testFrom;
  private int testUntil;
  private int macroUntil;
  private int attributeUntil;
  private boolean plain = true;
  private boolean marked;

  TestRegions(RustTokens tokens) {
    this.tokens = tokens;
  }

  /// Returns the bytes of a source that are under `#[cfg(test)]`.
  static BitSet tests(RustTokens tokens) {
    var regions = new TestRegions(tokens);
    regions.onlyCfg();
    var bytes = new BitSet();
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.punctuation(i)) {
        case '{' -> depth++;
        case '}' -> depth--;
        case '#' -> regions.attribute(i, depth);
        default -> regions.macro(i);
      }
      if (regions.test(i)) {
        // Includes the comments before the next token.
        int end = i + 1 < tokens.size() ? tokens.start(i + 1) : tokens.end(i);
        bytes.set(
            tokens.start(i), Math.max(tokens.start(i), regions.test(i + 1) ? end : tokens.end(i)));
      }
    }
    return bytes;
  }

  /// Ignores `#[test]` and `#[bench]` from now on.
  void onlyCfg() {
    plain = false;
  }

  /// Returns whether a token belongs to a test. It must have been read.
  boolean test(int token) {
    return token >= testFrom && token < testUntil;
  }

  /// Returns whether a token belongs to a test only because of `#[test]` or `#[bench]`.
  boolean marked(int token) {
    return marked && test(token);
  }

  /// Returns whether a token belongs to an attribute. It must have been read.
  boolean inAttribute(int token) {
    return token < attributeUntil;
  }

  /// Reads an attribute.
  ///
  /// @param at the token `#`
  void attribute(int at, int depth) {
    boolean inner = tokens.is(at + 1, '!');
    int open = inner ? at + 2 : at + 1;
    if (!tokens.is(open, '[') || at < attributeUntil) {
      return;
    }
    attributeUntil = close(open);
    if (at < testUntil || at < macroUntil) {
      return;
    }
    int kind = tokens.word(open + 1);
    boolean cfg = kind == Vocabulary.CFG;
    if (cfg ? cfgTest(open + 1) : plain && markedTest(open + 1)) {
      if (!inner) {
        testFrom = at;
        testUntil = itemEnd(attributeUntil);
        marked = !cfg;
      } else if (depth == 0 && at < HEAD && cfg) {
        testFrom = at;
        testUntil = tokens.size();
        marked = false;
      }
    } else if (foreign(open + 1)) {
      macroUntil = inner ? tokens.size() : wholeEnd(attributeUntil);
    }
  }

  private boolean cfgTest(int at) {
    if (!tokens.is(at + 1, '(')) {
      return false;
    }
    if (tokens.word(at + 2) == Vocabulary.TEST) {
      return tokens.is(at + 3, ')') && tokens.is(at + 4, ']');
    }
    return tokens.word(at + 2) == Vocabulary.ALL && tokens.is(at + 3, '(') && allTest(at + 3);
  }

  /// Returns whether `test` is one of the conditions between brackets.
  private boolean allTest(int open) {
    int nested = 0;
    for (int i = open; i < attributeUntil; i++) {
      if (opens(i)) {
        nested++;
      } else if (closes(i) && --nested == 0) {
        return false;
      } else if (nested == 1
          && tokens.word(i) == Vocabulary.TEST
          && (tokens.is(i - 1, '(') || tokens.is(i - 1, ','))
          && (tokens.is(i + 1, ')') || tokens.is(i + 1, ','))) {
        return true;
      }
    }
    return false;
  }

  private boolean markedTest(int at) {
    int word = tokens.word(at);
    return (word == Vocabulary.TEST || word == Vocabulary.BENCH) && tokens.is(at + 1, ']');
  }

  /// Returns whether an attribute may be a macro of another crate.
  private boolean foreign(int at) {
    if (tokens.word(at) != Vocabulary.CFG_ATTR) {
      return !Vocabulary.ownAttribute(tokens.word(at))
          || (tokens.is(at + 1, TokenKind.PATH_SEPARATOR) && !Vocabulary.ownTool(tokens.word(at)));
    }
    int nested = 0;
    for (int i = at + 1; i < attributeUntil; i++) {
      if (opens(i)) {
        nested++;
      } else if (closes(i)) {
        nested--;
      } else if (nested == 1 && tokens.is(i, ',') && !tokens.is(i + 1, ')') && foreign(i + 1)) {
        return true;
      }
    }
    return false;
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

  /// Returns the token after the matching closing bracket, or the end of the source if there is
  /// none.
  int close(int open) {
    return close(open, tokens.size());
  }

  /// Returns the token after the matching closing bracket, or the end of the source if there is
  /// none.
  ///
  /// @param most the maximum distance, after which the search ends
  int close(int open, int most) {
    int nested = 0;
    int until = (int) Math.min(tokens.size(), (long) open + most);
    for (int i = open; i < until; i++) {
      if (opens(i)) {
        nested++;
      } else if (closes(i) && --nested == 0) {
        return i + 1;
      }
    }
    return until;
  }

  /// Returns the token after an item, excluding all tokens that could belong to another item. The
  /// item may begin with further attributes. The end of a field, an arm, a parameter or the
  /// enclosing block also ends it.
  private int itemEnd(int start) {
    int nested = 0;
    int angles = 0;
    for (int i = start; i < tokens.size(); i++) {
      char c = tokens.punctuation(i);
      if (nested == 0) {
        angles += angle(i);
        boolean parameter = angles < 0 || c == '|';
        if (parameter || c == ';' || c == ',' || closes(i)) {
          return i;
        }
        if (c == '{') {
          return close(i);
        }
      }
      if (opens(i)) {
        nested++;
      } else if (closes(i)) {
        nested--;
      }
    }
    return tokens.size();
  }

  /// Returns the token after a whole item. Blocks in its types and values do not end it.
  private int wholeEnd(int start) {
    int nested = 0;
    int angles = 0;
    boolean value = false;
    for (int i = start; i < tokens.size(); i++) {
      char c = tokens.punctuation(i);
      if (nested == 0) {
        angles += angle(i);
        value |= c == '=' && angles <= 0 && !tokens.is(i + 1, '>');
        boolean list = c == ',' && angles <= 0;
        if (c == ';' || list || closes(i)) {
          return i;
        }
        if (c == '{' && angles <= 0 && !value) {
          return close(i);
        }
      }
      if (opens(i)) {
        nested++;
      } else if (closes(i)) {
        nested--;
      }
    }
    return tokens.size();
  }

  /// Returns 1 for an opening bracket of generics, -1 for a closing one, 0 for other tokens.
  private int angle(int at) {
    char c = tokens.punctuation(at);
    boolean arrow = c == '>' && (tokens.is(at - 1, '-') || tokens.is(at - 1, '='));
    return c == '<' ? 1 : c == '>' && !arrow ? -1 : 0;
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
