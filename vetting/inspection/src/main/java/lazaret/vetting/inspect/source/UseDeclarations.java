package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.rust.RustTokens;

/// The imports of a source, read before the rest, because a declaration may use a name of a later
/// import.
final class UseDeclarations {
  /// The tokens of imports, and those that determine their scope.
  private static final RustTokens.Stops STOPS =
      RustTokens.Stops.at("{}#!", Vocabulary.PATHS.words(), Vocabulary.USE);

  private UseDeclarations() {}

  /// Reads all imports. Imports of tests are in scope of tests only.
  ///
  /// @param names receives the imported names
  /// @return the first token that may import another attribute with the name `test`, or 0 if there
  ///   is none
  static int read(RustTokens tokens, NameResolution names) {
    var silent = new PathResolver(tokens, names, (_, _) -> {});
    var silentInTests = new PathResolver(tokens, names, (_, _) -> {});
    var before = new TestRegions(tokens);
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
            // Tokens that a tree without an end contains are not read again.
            i = Math.max(i, (before.test(i) ? silentInTests : silent).use(i + 1) - 1);
            from = i + 1;
          }
        }
      }
    }
    return silent.foreignTest();
  }
}
