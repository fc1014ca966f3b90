package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.IntegerLiterals;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Harmful constants and function bodies in code without capabilities: a date, a recipient, a seed,
/// a check that never fails.
public final class ConstantRules {
  /// Addresses of wallets: Ethereum and similar ones, Bitcoin old and new, Tron, Solana.
  public static final Pattern ADDRESS =
      Pattern.compile(
          "0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,62}|T[1-9A-HJ-NP-Za-km-z]{33}"
              + "|(?=[^0-9]*[0-9])(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])[1-9A-HJ-NP-Za-km-z]{32,44}"
              + "|[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}|(?:cosmos|osmo|terra|addr)1[02-9ac-hj-np-z]{38,110}");

  private static final Pattern PAYS =
      Pattern.compile(
          "(?i)(?:^|_)(?:transfer|recipient|payout|withdraw|beneficiary|destination|payee|payment"
              + "|pay|lamports|amount|receiver|treasury|wallet|coins?|balance|sweep|drain"
              + "|tx|transaction|to_address|fee)(?:_|$|s$)");
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)key|addr|recipient|payee|fee|wallet|treasury|owner|beneficiary|target|dest|account");
  private static final Pattern NAMED = Pattern.compile("PROGRAM|_ID$|^ID$|MINT|SYSVAR|NATIVE|ZERO");
  private static final WordSet BEGIN =
      WordSet.split("let fn seed_from_u64 from_seed Nonce from_jwk const static")
          .and(WordSet.of("from_calendar_date", "date"))
          .and(WordSet.of(OptInChecks.OFF), WordSet.of(OptInChecks.ON));
  private static final WordSet CLOCK =
      WordSet.of("now", "UNIX_EPOCH", "now_utc", "now_local", "today");
  private static final Pattern DAY =
      Pattern.compile("20[2-3][0-9]-[01][0-9]-[0-3][0-9](?:[T ].*)?");
  private static final Pattern KEYS =
      Pattern.compile("(?i).*(?:private|secret|mnemonic|wallet|keypair|signing_key|token|passw).*");
  private static final WordSet STRETCHES =
      WordSet.of(
          "pbkdf2", "pbkdf2_hmac", "pbkdf2_hmac_array", "scrypt", "argon2", "Argon2", "bcrypt");
  private static final Pattern IGNORED =
      Pattern.compile("verify|verify_(?:strict|detached|prehashed|slice|signature|mac|tag|digest)");
  private static final WordSet CIPHERS =
      WordSet.of(
          ("KeyIvInit encrypt encrypt_in_place seal_in_place_append_tag apply_keystream"
                  + " BlockEncryptMut encrypt_padded_vec_mut seal_in_place seal")
              .split(" ", -1));
  private static final Pattern VECTOR = Pattern.compile("(?:[A-Z0-9]+_)*(?:IV|NONCE)");
  private static final Pattern ROUNDS = Pattern.compile("ROUNDS|ITERATIONS|ITERS|COST|LOG_N");
  private static final Set<String> GIVEN =
      Set.of(
          ("password passwd pwd token secret otp pin signature api_key passphrase"
                  + " authorization auth_header credential credentials header")
              .split(" ", -1));
  private static final int FEW = 16;
  private static final long SECONDS_FROM = 1_600_000_000L;
  private static final int DAYS_FROM = 19_000;
  private static final int DAYS_TO = 30_000;
  private static final long SECONDS_TO = 2_300_000_000L;
  private static final int NEAR = 8;

  /// A lower bound for the length of an address of [#ADDRESS], in characters.
  private static final int LEAST_ADDRESS = 26;

  /// The number of digits of a moment in seconds.
  private static final int LEAST_DIGITS = 10;

  /// The number of bytes of the shortest key or address.
  private static final int LEAST_KEY = 20;

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private OptInChecks asked;

  ConstantRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
    asked = new OptInChecks(code, new BitSet());
  }

  /// @param tests the tokens that do not count
  void find(BitSet tests) {
    asked = new OptInChecks(code, tests);
    boolean[] begins = code.named(ConstantRules::begins);
    boolean clock = met(code.at(CLOCK), tests);
    int day = -1;
    int address = -1;
    int rounds = -1;
    boolean stretches = met(code.at(STRETCHES), tests);
    boolean ciphers = met(code.at(CIPHERS), tests);
    int vector = -1;
    for (int i = 0; i < code.size(); i++) {
      if (tests.get(i)) {
        continue;
      }
      if (code.identified(i) != 0) {
        if (!code.is(i, begins)) {
          continue;
        }
        String word = code.word(i);
        rounds = rounds < 0 && word.startsWith("pbkdf2") && single(i) ? i : rounds;
        if ((word.equals("let") && ignored(i)) || (word.equals("from_jwk") && carried(i))) {
          receiver.found(Behavior.WEAK_CHECK, i, "");
        } else if (word.equals("fn")) {
          if (PassingChecks.at(code, asked, i + 1)) {
            receiver.found(Behavior.WEAK_CHECK, i + 1, "");
          }
        } else if (word.equals("seed_from_u64") || word.equals("from_seed")) {
          seeded(i);
        } else if (asked.weakens(i, values) || (word.equals("Nonce") && fixedNonce(i))) {
          receiver.found(Behavior.WEAK_CHECK, i, "");
        } else if ((word.equals("const") || word.equals("static")) && fixedVector(i + 1)) {
          vector = i;
        } else if (word.equals("const") && fewRounds(i + 1)) {
          rounds = i;
        } else if (day < 0 && calendar(i, word)) {
          day = i;
        }
      } else if (code.number(i)) {
        day = clock && day < 0 && (moment(i) || numbered(i)) ? i : day;
      } else if (code.string(i)) {
        boolean dated = clock && day < 0;
        boolean like = address < 0 && code.length(i) >= LEAST_ADDRESS;
        if ((dated || like || compared(i)) && usual(code.text(i).length())) {
          String value = code.literal(i);
          day = dated && DAY.matcher(value).matches() ? i : day;
          address = like && address(value) && !program(i) ? i : address;
          if (compared(i)) {
            receiver.found(Behavior.WEAK_CHECK, i, "");
          }
        }
      } else if (address < 0 && code.is(i, '[') && key(i) && !program(i)) {
        address = i;
      }
    }
    found(Behavior.FIXED_DATE, clock ? day : -1);
    found(Behavior.WEAK_CHECK, ciphers && vector >= 0 ? vector : stretches ? rounds : -1);
    if (address >= 0 && met(code.at(word -> PAYS.matcher(word).find()), tests)) {
      paid(address, tests);
    }
  }

  /// Returns whether a literal has the length of a date, a password or an address.
  private static boolean usual(int length) {
    return length > 9 && length < 120;
  }

  private static boolean address(String text) {
    return text.length() >= LEAST_ADDRESS
        && text.indexOf(' ') < 0
        && ADDRESS.matcher(text).matches();
  }

  /// Returns whether a word may begin something relevant.
  private static boolean begins(String word) {
    return BEGIN.contains(word) || word.startsWith("pbkdf2") || word.contains("ymd");
  }

  private static boolean met(int[] places, BitSet tests) {
    return Arrays.stream(places).anyMatch(i -> !tests.get(i));
  }

  private void paid(int address, BitSet tests) {
    if (!new DivertedPayment(code, receiver).find(address, new FunctionBodies(code, tests))) {
      receiver.found(Behavior.FIXED_RECIPIENT, address, "");
    }
  }

  /// Reads `let _ = key.verify(bytes, &signature);`.
  private boolean ignored(int at) {
    if (!code.text(at + 1).equals("_") || !code.is(at + 2, '=')) {
      return false;
    }
    int end = Math.min(code.end(at + 3, false), at + 64);
    for (int i = at + 3; i < end; i = code.close(i) + 1) {
      boolean verifies = IGNORED.matcher(code.word(i)).matches() && code.is(i - 1, '.');
      if (verifies && code.is(i + 1, '(') && code.close(i + 1) > i + 3) {
        return true;
      }
    }
    return false;
  }

  /// Reads `from_jwk(&header.jwk.unwrap())`: a token that is checked with its own key.
  private boolean carried(int at) {
    for (int i = at + 1; i < code.close(at + 1); i++) {
      if (code.is(i, "header")) {
        return true;
      }
    }
    for (int i = 0; i < code.size(); i++) {
      if (code.is(i, "jwk") && code.is(i - 1, '.') && code.is(i - 2, "header")) {
        return true;
      }
    }
    return false;
  }

  private void found(Behavior what, int at) {
    if (at >= 0) {
      receiver.found(what, at, "");
    }
  }

  /// Reads `Nonce::from([0; 12])`.
  private boolean fixedNonce(int at) {
    int open = at + 1;
    while (open < Math.min(code.size(), at + NEAR) && !code.is(open, '(')) {
      open++;
    }
    int first = code.is(open + 1, '&') ? open + 2 : open + 1;
    boolean array = code.is(first, '[') && code.number(first + 1) && code.is(first + 2, ';');
    boolean text = code.string(first) && code.text(first).startsWith("b");
    boolean made = code.is(at + 2, "from") || code.is(at + 2, "from_slice");
    return code.separator(at + 1) && made && (array || text);
  }

  /// Reads `pbkdf2_hmac(password, salt, 1, ..)`.
  private boolean single(int at) {
    int open = at + 1;
    while (open < at + 2 * NEAR && !code.is(open, '(') && !code.is(open, ';')) {
      open++;
    }
    for (Range each : code.is(open, '(') ? code.arguments(open) : List.<Range>of()) {
      boolean number = each.to() == each.from() + 1 && code.number(each.from());
      int value = number ? IntegerLiterals.value(code.text(each.from())) : FEW;
      if (value > 0 && value < FEW) {
        return true;
      }
    }
    return false;
  }

  /// Reads `const IV: [u8; 16] = *b"..";`.
  private boolean fixedVector(int name) {
    boolean bytes = code.is(name + 1, ':') && (code.is(name + 3, "u8") || code.is(name + 4, "u8"));
    return bytes && VECTOR.matcher(code.word(name)).matches();
  }

  /// Reads `const ROUNDS: u32 = 1;`.
  private boolean fewRounds(int name) {
    int value = name + 4;
    if (!code.number(value) || !code.is(value + 1, ';')) {
      return false;
    }
    int rounds = IntegerLiterals.value(code.text(value));
    return rounds >= 0
        && rounds < FEW
        && !code.word(name).contains("COST")
        && ROUNDS.matcher(code.word(name)).find();
  }

  /// Reads `password == "a text"`: a password that the author knows.
  private boolean compared(int at) {
    if (!code.is(at - 1, '=') || !code.is(at - 2, '=')) {
      return false;
    }
    for (int i = at - 3; i > Math.max(0, at - NEAR - 3); i--) {
      if (code.is(i, ';') || code.is(i, '{') || code.is(i, '}')) {
        return false;
      }
      if (GIVEN.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether an array contains the bytes of a key or address: 20 or 32 numbers.
  private boolean key(int open) {
    // Most brackets contain something other than so many numbers.
    boolean numbers = code.number(open + 1) || code.is(open + 1, ',');
    if (!numbers || code.close(open) - open <= LEAST_KEY) {
      return false;
    }
    boolean typed = false;
    boolean named = false;
    for (int i = open; i > Math.max(0, open - NEAR - 2) && !code.is(i, '{'); i--) {
      typed |= code.is(i, "u8") || code.is(i, "Pubkey") || code.is(i, "new_from_array");
      named |= code.is(i, "new_from_array") || KEY.matcher(code.word(i)).find();
    }
    named |= typed && account(open);
    int count = typed && named ? 0 : Integer.MAX_VALUE;
    for (int i = open + 1; i < code.close(open) && count <= 32; i++) {
      if (code.number(i)) {
        count++;
      } else if (!code.is(i, ',')) {
        return false;
      }
    }
    return count == LEAST_KEY || count == 32;
  }

  /// Returns whether the constant of an array becomes an account.
  private boolean account(int open) {
    int name = open;
    while (name > Math.max(0, open - 2 * NEAR) && !code.is(name - 1, "const")) {
      name--;
    }
    for (int i = 0; i < code.size() && code.is(name - 1, "const"); i++) {
      boolean made =
          code.is(i, "new_from_array") || code.is(i, "from_bytes") || code.is(i, "Address");
      boolean given = code.is(i + 2, code.word(name)) || code.is(i + 3, code.word(name));
      if (made && given && !code.word(name).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether an address is that of a blockchain program, by the name of its constant.
  private boolean program(int at) {
    for (int i = at; i > Math.max(0, at - NEAR); i--) {
      if (NAMED.matcher(code.word(i)).find() || code.is(i, "declare_id")) {
        return true;
      }
    }
    return false;
  }

  /// Reads `now / 86_400 > 20_900`: a date as the number of a day.
  private boolean numbered(int at) {
    boolean compared = code.is(at - 1, '>') || code.is(at - 1, '<') || code.is(at - 1, '=');
    int value = compared ? IntegerLiterals.value(code.text(at).replace("_", "")) : -1;
    if (value < DAYS_FROM || value > DAYS_TO) {
      return false;
    }
    for (int i = 0; i < code.size(); i++) {
      if (code.number(i) && code.text(i).replace("_", "").startsWith("86400")) {
        return true;
      }
    }
    return false;
  }

  private boolean moment(int at) {
    if (code.length(at) < LEAST_DIGITS) {
      return false;
    }
    String digits = code.text(at).replace("_", "").replaceAll("[a-z][a-z0-9]*$", "");
    if (digits.length() < LEAST_DIGITS || digits.length() > 13 || !digits.matches("[0-9]+")) {
      return false;
    }
    long value = Long.parseLong(digits);
    long seconds = digits.length() == 13 ? value / 1_000 : value;
    return seconds > SECONDS_FROM && seconds < SECONDS_TO;
  }

  /// Reads `from_ymd_opt(2026, 3, 1)`, `with_ymd_and_hms(2026, ..)`, `date!(2026-03-01)`.
  private boolean calendar(int at, String word) {
    boolean day = word.contains("ymd") || word.equals("from_calendar_date") || word.equals("date");
    int first = code.is(at + 1, '!') ? at + 3 : at + 2;
    return day
        && (code.is(at + 1, '(') || code.is(at + 1, '!'))
        && code.number(first)
        && code.text(first).startsWith("202");
  }

  private void seeded(int at) {
    if (!code.is(at + 1, '(')) {
      return;
    }
    Range given = new Range(at + 2, code.close(at + 1));
    boolean literal =
        code.number(given.from())
            || (code.is(given.from(), '[') && code.number(given.from() + 1))
            || (code.is(given.from(), code.word(given.from()).toUpperCase(Locale.ROOT))
                && ValueOrigin.any(values.origins(given), ValueOrigin.LITERAL_BYTES));
    for (int i = 0; i < code.size() && literal; i++) {
      if (code.is(i, "fn") && KEYS.matcher(code.word(i + 1)).matches()) {
        receiver.found(Behavior.WEAK_CHECK, at, "");
        return;
      }
    }
  }
}
