package lazaret.vetting.inspect.code;

import lazaret.vetting.inspect.rust.RustTokens;

/// The pairs of brackets of a source. Brackets that are nested deeper than a limit have no partner.
final class BracketPairs {
  private static final int MAX_NESTED = 1 << 12;

  private BracketPairs() {}

  /// Returns for each token the token that closes it. That is the last one of the source for an
  /// open bracket without a partner, and the token itself if it opens nothing.
  static int[] of(RustTokens tokens) {
    int size = tokens.size();
    int[] closing = new int[size];
    int[] open = new int[MAX_NESTED];
    int depth = 0;
    for (int i = 0; i < size; i++) {
      closing[i] = i;
      if (opens(tokens, i) && depth < MAX_NESTED) {
        open[depth++] = i;
      } else if (closes(tokens, i) && depth > 0) {
        closing[open[--depth]] = i;
      }
    }
    while (depth > 0) {
      closing[open[--depth]] = size - 1;
    }
    return closing;
  }

  /// Returns whether a token opens a bracket.
  static boolean opens(RustTokens tokens, int at) {
    char c = tokens.punctuation(at);
    return c == '(' || c == '[' || c == '{';
  }

  /// Returns whether a token closes a bracket.
  static boolean closes(RustTokens tokens, int at) {
    char c = tokens.punctuation(at);
    return c == ')' || c == ']' || c == '}';
  }
}
