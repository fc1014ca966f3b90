package lazaret.vetting.inspect.code;

import java.util.BitSet;
import java.util.Set;

/// The tokens of a source at which a value may pass from one name to another.
///
/// They are found once, so that the rounds over the values skip all others. An unnecessary token
/// only takes time.
public final class FlowSteps {
  /// Methods that add their argument to a value.
  public static final Set<String> ADDS =
      Set.of(
          ("push push_str extend extend_from_slice append insert insert_str write_all write_str"
                  + " copy_from_slice")
              .split(" ", -1));

  /// Methods that write what they read into their argument.
  public static final Set<String> FILLS =
      Set.of(
          "read_to_string read_to_end read_line read_exact read_until read recv recv_from"
              .split(" ", -1));

  private static final WordSet ALWAYS =
      WordSet.of("fn", "let", "const", "static", "for", "match").and(WordSet.of(FILLS));
  private static final WordSet GIVES = WordSet.of(ADDS).and(WordSet.of(ChannelEnds.HANDS));

  private FlowSteps() {}

  /// Returns the tokens.
  ///
  /// @param called for each number of an identifier, whether it is a function of the source
  public static BitSet find(SourceTokens code, boolean[] called) {
    boolean[] always = code.named(ALWAYS);
    boolean[] adds = code.named(GIVES);
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
      if (code.punctuation(i) == '|' || (passes && code.identified(i) != 0)) {
        steps.set(i);
      }
    }
    return steps;
  }

  /// Returns the beginning of the chain of calls that ends before a token.
  public static int chain(SourceTokens code, int end) {
    int at = end - 1;
    int least = Math.max(0, end - 64);
    while (at > least
        && !code.is(at, ';')
        && !code.is(at, '{')
        && !code.is(at, '}')
        && !code.is(at, '=')) {
      at--;
    }
    return at + 1;
  }
}
