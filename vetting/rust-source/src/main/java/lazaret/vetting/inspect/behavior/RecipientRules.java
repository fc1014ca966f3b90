package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// Recipients of payments that a condition replaces by a constant, and payments above a bound to a
/// constant.
final class RecipientRules {
  private static final WordSet RECIPIENT =
      pairs(
          "to recipient address addr destination dest payee beneficiary iban account script"
              + " script_pubkey receiver pay_to target payout wallet pubkey bcc",
          " _address _account _key _script _iban");
  private static final WordSet KEYS =
      pairs(" X25519", "PublicKey Recipient EncryptionKey PublicKeyBytes Cert");
  private static final Pattern ADDS = Pattern.compile("insert|push|extend|add");
  private static final WordSet TRUSTED =
      WordSet.of(
          "pin", "pins", "keys", "roots", "anchors", "signers", "admins", "recipients", "issuers");
  private static final Pattern TRUSTED_BEGIN =
      Pattern.compile("(?:trusted|allowed|authorized)\\w*");
  private static final Pattern MAKES = Pattern.compile("from(?:_.*)?|new|parse|try_from");
  private static final Pattern PAYS =
      Pattern.compile(
          "(?i)\\w*(?:output|tx_?out|transfer|payment|payout|pay|send|withdraw|invoice)\\w*");
  private static final int VALUE = 96;
  private static final int SHORT = 48;
  private static final int PLAIN = 6;

  private final SourceTokens code;
  private final Receiver receiver;
  private final BitSet tests;
  private @Nullable DistinctiveConstants known;
  private final Set<String> giving = new HashSet<>();

  RecipientRules(SourceTokens code, Receiver receiver, BitSet tests) {
    this.code = code;
    this.receiver = receiver;
    this.tests = tests;
  }

  private DistinctiveConstants constants() {
    DistinctiveConstants all = known;
    if (all == null) {
      all = new DistinctiveConstants(code, tests);
      known = all;
    }
    return all;
  }

  /// Returns the words that consist of a first and a last part. Parts are separated by spaces.
  private static WordSet pairs(String first, String last) {
    return WordSet.of(
        Arrays.stream(first.split(" ", -1))
            .flatMap(one -> Arrays.stream(last.split(" ", -1)).map(one::concat))
            .toArray(String[]::new));
  }

  /// Returns whether a word may begin something relevant.
  static boolean begins(String word) {
    return KEYS.contains(word) || RECIPIENT.contains(word) || trusts(word);
  }

  private static boolean trusts(String word) {
    boolean begins =
        word.startsWith("trusted") || word.startsWith("allowed") || word.startsWith("authorized");
    return TRUSTED.contains(word) || (begins && TRUSTED_BEGIN.matcher(word).matches());
  }

  void find() {
    int[] places = code.at(RecipientRules::begins);
    if (places.length == 0) {
      return;
    }
    var bodies = new FunctionBodies(code, tests);
    for (FunctionBodies.Body body : bodies.all()) {
      boolean small = body.close() - body.open() < SHORT;
      if (small && constants().between(body.open(), body.close())) {
        giving.add(body.name());
      }
    }
    for (int i : places) {
      if (!tests.get(i)) {
        place(i, code.word(i));
      }
    }
  }

  private void place(int at, String word) {
    if (KEYS.contains(word)) {
      sealedFor(at);
    }
    boolean adds = code.is(at + 1, '.') && ADDS.matcher(code.word(at + 2)).matches();
    if (adds && code.is(at + 3, '(') && trusts(word)) {
      trusted(at);
    }
    boolean sets =
        code.is(at + 1, ':')
            || (code.is(at + 1, '=') && !code.is(at + 2, '=') && !code.is(at + 2, '>'));
    if (sets && RECIPIENT.contains(word)) {
      value(at, new Range(at + 2, end(at + 2)));
    }
  }

  /// Reads `recipients.iter().chain(repeat(PublicKey::from(CONSTANT)))`: a fixed key among the
  /// recipients of encrypted data.
  private void sealedFor(int at) {
    boolean made = code.separator(at + 1) && MAKES.matcher(code.word(at + 2)).matches();
    int open = at + 3;
    if (!made || !code.is(open, '(') || !constants().between(open, code.close(open))) {
      return;
    }
    for (int i = 0; i < code.size(); i++) {
      boolean slice = code.is(i, "recipients") || code.is(i, "readers") || code.is(i, "receivers");
      if (slice) {
        receiver.found(Behavior.WEAK_CHECK, at, GuardRules.CONSTANT + code.word(at));
        return;
      }
    }
  }

  /// Reads `pins.insert(SPARE)`: a constant among the caller's trusted values.
  private void trusted(int at) {
    int close = code.close(at + 3);
    if (close - at < 2 * PLAIN && constants().between(at + 4, close)) {
      receiver.found(Behavior.WEAK_CHECK, at, GuardRules.CONSTANT + code.word(at));
    }
  }

  private int end(int from) {
    int at = from;
    while (at < Math.min(code.size(), from + VALUE)
        && !code.is(at, ',')
        && !code.is(at, ';')
        && !code.closes(at)) {
      at = code.close(at) + 1;
    }
    return at;
  }

  private void value(int at, Range value) {
    boolean chosen = false;
    boolean strong = false;
    for (int i = value.from(); i < value.to(); i++) {
      chosen |= code.is(i, "if") || code.is(i, "match");
      strong |= constants().at(i) || (giving.contains(code.word(i)) && code.is(i + 1, '('));
    }
    boolean plain = value.to() - value.from() <= PLAIN && bounded(at) && pays(at);
    if (strong && (chosen || plain)) {
      receiver.found(Behavior.FIXED_RECIPIENT, at, DivertedPayment.NOTE + code.word(at));
    }
  }

  /// Returns whether a field belongs to a payment.
  private boolean pays(int at) {
    int open = at;
    while (open > Math.max(0, at - SHORT) && !(code.is(open, '{') && code.close(open) > at)) {
      open--;
    }
    return PAYS.matcher(code.word(open - 1)).matches();
  }

  /// Returns whether a token is in the block of a condition such as `if change > 900_000 {`.
  private boolean bounded(int at) {
    for (int i = at; i > Math.max(0, at - VALUE) && !code.is(i, "fn"); i--) {
      int block = code.is(i, "if") ? code.end(i + 1, true) : -1;
      if (block > i && block < at && code.close(block) > at) {
        for (int k = i; k < block; k++) {
          boolean compares = code.is(k, '>') || code.is(k, '<') || code.is(k, '%');
          int value = code.is(k + 1, '=') ? k + 2 : k + 1;
          if (compares && code.number(value) && !code.text(value).startsWith("0")) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
