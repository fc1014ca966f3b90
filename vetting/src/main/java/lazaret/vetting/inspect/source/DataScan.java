package lazaret.vetting.inspect.source;

import java.util.Arrays;
import java.util.List;

/// Looks at a file that is compiled in as data. Used once.
final class DataScan {
  /// How much of a file is looked at.
  private static final int MAX = 1 << 20;

  private final SourceRules rules;
  private final byte[] bytes;
  private final boolean whole;

  DataScan(SourceRules rules, byte[] bytes, int length) {
    this.rules = rules;
    this.bytes = Arrays.copyOf(bytes, Math.min(length, MAX));
    this.whole = length <= MAX;
  }

  SourceFacts facts() {
    var found = new SourceFacts.Collector();
    rules
        .decoding()
        .of(bytes, Look.at(bytes))
        .ifPresent(
            decoded -> {
              boolean _ = found.count(Capability.HIDDEN_TEXT);
              found.keep(
                  new Hit(Capability.HIDDEN_TEXT, 1, decoded.how() + ": '" + decoded.text() + "'"));
            });
    return new SourceFacts(
        found.shown(), SourceFacts.Shown.NOTHING, List.of(), SourceFacts.NO_TOKENS, whole);
  }
}
