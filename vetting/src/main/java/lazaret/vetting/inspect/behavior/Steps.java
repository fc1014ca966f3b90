package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.Set;

/// The tokens of a source at which something may pass from one name to another, found once, so that
/// no round over its values looks at the others. A token too many takes time only.
final class Steps {
  private static final Set<String> KEYWORDS =
      Set.of("fn", "let", "const", "static", "for", "match");

  /// Methods that add their argument to a value.
  static final Set<String> ADDS =
      Set.of(
          ("push push_str extend extend_from_slice append insert insert_str write_all write_str"
                  + " copy_from_slice")
              .split(" ", -1));

  /// Methods that write what they read into their argument.
  static final Set<String> FILLS =
      Set.of(
          "read_to_string read_to_end read_line read_exact read_until read recv recv_from"
              .split(" ", -1));

  private Steps() {}

  /// Finds them.
  ///
  /// @param functions the names of the functions of the source
  static BitSet find(Code code, Set<String> functions) {
    boolean[] always = code.named(w -> KEYWORDS.contains(w) || FILLS.contains(w));
    boolean[] called = code.named(functions::contains);
    boolean[] adds = code.named(w -> ADDS.contains(w) || Channels.HANDS.contains(w));
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
