package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.FunctionBodies.Body;
import lazaret.vetting.inspect.code.SecretNames;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Texts that replace the clipboard because of its content, without being made from it. A tool that
/// restores a stored text, or removes a part of the read text, does neither.
final class ClipboardSwap {
  private static final int MAX_CALLS = 3;
  private static final int LEAST_ADDRESS = 26;

  private static final WordSet GETS = WordSet.of(SecretNames.CLIPBOARD);
  private static final WordSet PUTS =
      WordSet.of("set_text", "set_contents", "set_string", "set_clipboard", "set_clipboard_string");
  private static final Set<String> REPLACES =
      Set.of("replace", "replace_all", "replacen", "replace_range", "splice");
  private static final Set<String> LOOKS =
      Set.of("starts_with", "is_match", "len", "contains", "find", "matches", "captures", "filter");
  private static final Pattern MONEY =
      Pattern.compile(
          "(?i)wallet|address|recipient|payee|iban|account|bitcoin|ethereum|solana|monero|bech32|base58|\\bbtc|_btc|\\beth\\b|crypto");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private final BitSet puts = new BitSet();
  private final Set<String> own = new HashSet<>();
  private boolean wallet;
  private boolean money;

  ClipboardSwap(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    for (int i : code.at(PUTS)) {
      if (!places.tests().get(i) && called(i)) {
        puts.set(i);
      }
    }
    if (puts.isEmpty()
        || Arrays.stream(code.at(GETS)).noneMatch(i -> !places.tests().get(i) && called(i))) {
      return;
    }
    gather(places.tests());
    var bodies = new FunctionBodies(code, places.tests());
    bodies.all().forEach(body -> own.add(body.name()));
    for (int put = puts.nextSetBit(0); put >= 0; put = puts.nextSetBit(put + 1)) {
      if (wallet || (exchanged(put) && because(bodies, put, 0))) {
        receiver.found(Behavior.CLIPBOARD_SWAP, put, "");
        return;
      }
    }
  }

  private void gather(BitSet tests) {
    for (int i = 0; i < code.size(); i++) {
      String word = code.word(i);
      if (tests.get(i)) {
        continue;
      }
      if (word.isEmpty()) {
        if (code.string(i)) {
          String text = code.literal(i);
          wallet |= text.length() >= LEAST_ADDRESS && ConstantRules.ADDRESS.matcher(text).matches();
          money |= MONEY.matcher(text).find() && text.indexOf(' ') < 0;
        }
        continue;
      }
      money |= MONEY.matcher(word).find();
    }
  }

  private boolean called(int at) {
    return code.is(at + 1, '(') && (code.is(at - 1, '.') || code.separator(at - 1));
  }

  /// Returns whether the new text is neither empty nor the read text with a part removed.
  private boolean exchanged(int put) {
    var given = new Range(put + 2, code.close(put + 1));
    boolean empty =
        (code.string(given.from()) && code.literal(given.from()).isEmpty())
            || (code.is(given.from(), "String") && code.is(given.from() + 2, "new"));
    if (empty) {
      return false;
    }
    int origins = values.origins(given);
    boolean made =
        ValueOrigin.any(origins, ValueOrigin.CLIPBOARD)
            && !ValueOrigin.any(
                origins,
                ValueOrigin.INCLUDED,
                ValueOrigin.RECEIVED,
                ValueOrigin.FILE,
                ValueOrigin.DECODED);
    return !made || money || replaces() || elsewhere(given);
  }

  /// Returns whether a function of another source makes a text.
  private boolean elsewhere(Range given) {
    for (int i = given.from(); i < given.to(); i++) {
      String word = code.word(i);
      boolean call = !word.isEmpty() && code.is(i + 1, '(') && !code.is(i - 1, '.');
      boolean type = code.separator(i - 1) || (call && Character.isUpperCase(word.charAt(0)));
      if (call && !type && !own.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a part of some text is replaced by a value that is not a literal.
  private boolean replaces() {
    for (int i = 0; i < code.size(); i++) {
      if (REPLACES.contains(code.word(i)) && code.is(i - 1, '.') && code.is(i + 1, '(')) {
        var arguments = code.arguments(i + 1);
        Range last = arguments.isEmpty() ? new Range(i, i) : arguments.getLast();
        int at = code.is(last.from(), '&') ? last.from() + 1 : last.from();
        if (!code.string(at) && !code.character(at)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Returns whether a condition on the read text decides that a token is reached. The condition is
  /// around the token, before it in its function, or in the callers of that function.
  private boolean because(FunctionBodies bodies, int at, int depth) {
    Body body = bodies.around(at);
    int from = body == null ? 0 : body.open();
    if (conditions(from, at)) {
      return true;
    }
    if (body == null || depth >= MAX_CALLS || !code.spend(code.size())) {
      return body == null && looks();
    }
    return bodies.calls(body).stream().anyMatch(call -> because(bodies, call, depth + 1));
  }

  /// Returns whether a condition between two tokens depends on the clipboard.
  private boolean conditions(int from, int to) {
    for (int i = from; i < to; i++) {
      boolean asks = code.is(i, "if") || code.is(i, "match") || code.is(i, "while");
      boolean looks = LOOKS.contains(code.word(i)) && code.is(i - 1, '.') && code.is(i + 1, '(');
      Range about =
          asks
              ? new Range(i + 1, code.end(i + 1, true))
              : looks ? new Range(values.chain(i), i) : new Range(i, i);
      if (ValueOrigin.any(values.origins(about), ValueOrigin.CLIPBOARD)) {
        return true;
      }
    }
    return false;
  }

  private boolean looks() {
    return conditions(0, code.size());
  }
}
