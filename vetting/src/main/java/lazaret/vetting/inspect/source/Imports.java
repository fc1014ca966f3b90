package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.rust.RustTokens;

/// Imports of a source, read before anything else: a declaration may use a name that a later one
/// gives.
final class Imports {
  /// Where names are given, and what tells where that is in scope.
  private static final RustTokens.Stops STOPS =
      RustTokens.Stops.at("{}#!", Vocabulary.PATHS.words(), Vocabulary.USE);

  private Imports() {}

  /// Reads all imports. What tests import is in scope of tests only.
  ///
  /// @param names takes what is imported
  /// @return the first token by which another attribute of the name `test` may be brought in; 0
  ///   where none does
  static int read(RustTokens tokens, Names names) {
    var silent = new Paths(tokens, names, (_, _) -> {});
    var silentInTests = new Paths(tokens, names, (_, _) -> {});
    var before = new Regions(tokens);
    before.onlyCfg();
    int nested = 0;
    int from = 0;
    for (int i = STOPS.next(tokens, 0); i < tokens.size(); i = STOPS.next(tokens, i + 1)) {
      switch (tokens.punctuation(i)) {
        case '{' -> nested++;
        case '}' -> nested--;
        case '#' -> before.attribute(i, nested);
        case '!' -> {
          if (i > from && "{}#".indexOf(tokens.punctuation(i - 1)) < 0) {
            before.macro(i - 1);
          }
        }
        default -> {
          before.macro(i);
          if (!tokens.is(i - 1, '.') && !tokens.is(i + 1, '<')) {
            // What a tree without an end has swallowed is not read again.
            i = Math.max(i, (before.test(i) ? silentInTests : silent).use(i + 1) - 1);
            from = i + 1;
          }
        }
      }
    }
    return silent.foreignTest();
  }
}
