package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.ComposedTexts;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.FlowSteps;
import lazaret.vetting.inspect.code.HandlerParameters;
import lazaret.vetting.inspect.code.IdentifierRole;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// The origins and texts of the names of a source.
///
/// Scopes are not distinguished: a name has all values that it is bound to anywhere in the source.
/// Values are propagated at the first question that needs them. A rule first asks which origins and
/// texts are possible at all; in most sources that answers it. Visits that are saved in this way
/// are left for other rules, so that more sources are scanned completely. Bounded, not thread-safe.
final class ValueFlow {
  private static final WordSet READS_ALL = WordSet.of("read_to_string", "read_to_end");

  private final TokenOrigins innate;
  private final BitSet decoding;
  private final Set<Integer> handed;
  private final Locations places;
  private final ComposedTexts composed;
  private final int possible;
  private @Nullable ValueRounds rounds;

  /// @param decoding the tokens at which arithmetic makes a text
  /// @param places the tokens at which paths begin that read files or reach the network
  ValueFlow(SourceTokens code, BitSet decoding, Locations places) {
    this.decoding = decoding;
    this.places = places;
    innate = new TokenOrigins(code, places);
    handed = HandlerParameters.parameters(code, places.tests());
    composed = new ComposedTexts(code);
    boolean files = !places.reads().isEmpty() || code.has(READS_ALL);
    possible =
        innate.all()
            | IdentifierRole.possible(code)
            | (decoding.isEmpty() ? 0 : ValueOrigin.DECODED)
            | (handed.isEmpty() ? 0 : ValueOrigin.ANSWER)
            | (files ? ValueOrigin.FILE : 0)
            | (composed.may(Need.DEVICE) ? ValueOrigin.DEVICE : 0);
  }

  /// Returns whether a value of the source may have one of some origins.
  boolean may(int origins) {
    return (possible & origins) != 0;
  }

  /// Returns whether a pattern could match a text that is composed anywhere in the source.
  boolean may(Need need) {
    return composed.may(need);
  }

  /// Returns whether a token has one of some origins by itself.
  boolean any(int origins) {
    return (innate.all() & origins) != 0;
  }

  /// Returns whether a name is that of a function of the source.
  boolean function(String name) {
    return settled().function(name);
  }

  /// Returns whether a call hides the secrets in its arguments.
  boolean seals(int at) {
    return innate.seals(at);
  }

  /// Returns the names that a format text contains.
  List<String> captured(int at) {
    return innate.captured(at);
  }

  /// Returns the beginning of the chain of calls that ends before a token.
  int chain(int end) {
    return FlowSteps.chain(innate.code(), end);
  }

  ConstantTexts texts() {
    return settled().texts();
  }

  /// Returns the origins of a range of tokens.
  int origins(Range range) {
    return possible == 0 ? 0 : settled().origins(range);
  }

  private ValueRounds settled() {
    ValueRounds known = rounds;
    if (known == null) {
      known = new ValueRounds(innate, decoding, handed, places);
      known.settle();
      rounds = known;
    }
    return known;
  }
}
