package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// The calls that reach the network, by a client of the crate or by a path.
final class NetworkCalls {
  private static final WordSet NAMES =
      WordSet.of(
          "get",
          "post",
          "put",
          "request",
          "connect",
          "execute",
          "perform",
          "fetch",
          "download",
          "call",
          "send");

  private NetworkCalls() {}

  /// Returns the names of the calls, outside of tests.
  static BitSet find(SourceTokens code, ValueFlow values, Locations places) {
    var all = new BitSet();
    if (places.networks().isEmpty()) {
      return all;
    }
    for (int i : code.at(NAMES)) {
      if (code.is(i + 1, '(') && !places.tests().get(i)) {
        boolean method =
            code.is(i - 1, '.')
                && !sliced(code, i)
                && ValueOrigin.any(
                    values.origins(new Range(values.chain(i), i)), ValueOrigin.FOREIGN);
        int head = i;
        while (code.separator(head - 1) && !code.word(head - 2).isEmpty()) {
          head -= 2;
        }
        if (method || places.networks().get(head)) {
          all.set(i);
        }
      }
    }
    return all;
  }

  /// Reads `text.get(i..i + 2)`.
  private static boolean sliced(SourceTokens code, int at) {
    for (int i = at + 2; i < code.close(at + 1); i++) {
      if (code.is(i, '.') && code.is(i + 1, '.')) {
        return true;
      }
    }
    return false;
  }
}
