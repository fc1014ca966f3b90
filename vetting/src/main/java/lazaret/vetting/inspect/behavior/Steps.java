package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.Set;

/// The tokens of a source at which something may pass from one name to another, found once, so that
/// no round over its values looks at the others. A token too many takes time only.
final class Steps {
  private static final Set<String> KEYWORDS =
      Set.of("fn", "let", "const", "static", "for", "match");

  private Steps() {}

  /// Finds them.
  ///
  /// @param functions the names of the functions of the source
  static BitSet find(Code code, Set<String> functions) {
    boolean[] always = code.named(w -> KEYWORDS.contains(w) || Values.FILLS.contains(w));
    boolean[] called = code.named(functions::contains);
    boolean[] adds = code.named(w -> Values.ADDS.contains(w) || Channels.HANDS.contains(w));
    var steps = new BitSet();
    for (int i = 0; i < code.size(); i++) {
      boolean passes =
          code.is(i, always)
              || switch (code.punctuation(i + 1)) {
                case '(' -> code.is(i, called);
                case '=' -> true;
                case '+', '^' -> code.is(i + 2, '=');
                case '.' -> code.is(i + 2, adds) && code.is(i + 3, '(');
                default -> false;
              };
      if (code.punctuation(i) == '|' || (passes && !code.word(i).isEmpty())) {
        steps.set(i);
      }
    }
    return steps;
  }
}
