package lazaret.vetting.inspect.behavior;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Parameter;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.code.IntegerLiterals;
import lazaret.vetting.inspect.code.PatternPrefilter;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Keys, seeds, nonces and tokens that an attacker can enumerate.
///
/// They are made of the clock, of numbers of the process or of the name of the machine. Others are
/// made of random numbers that are reduced to a few bits before they are stretched, or of an array
/// of which only the beginning is filled.
final class RandomRules {
  /// The beginning of the note on a key from a small space.
  static final String SMALL = "a key from a small space: ";

  static final Pattern MAKES =
      Pattern.compile(
          "(?i).*(?:secret|private|priv_|keypair|key_pair|mnemonic|entropy|(?:wallet|master|key|root|hd)_?seed|seed_?(?:phrase|words|bytes)|wallet|passw|passphrase"
              + "|token|session_?(?:key|id)|csrf|api_?key|nonce|signing|(?:gen\\w*|new|fresh|make|random|create"
              + "|vault|master|data|file|root)_?key|otp|salt|iv$).*");
  static final Pattern TYPES =
      Pattern.compile(
          "(?:\\w*(?:Secret|KeyPair|Keypair|PrivateKey|SigningKey|Mnemonic|Wallet|ApiKey|AccessToken|SessionToken)\\w*)");
  private static final Pattern GIVEN =
      Pattern.compile(
          "(?i).*(?:key|secret|seed|passw|passphrase|token|master|entropy|mnemonic|rng|random|nonce).*");
  private static final Pattern ENCRYPTS = Pattern.compile("(?i)(?:encrypt|seal)(?:_.*)?");
  static final Pattern MAKES_NONCES =
      Pattern.compile("(?i).*(?:nonce|scalar|secret|sign|ephemeral).*");
  private static final Pattern NONCES = Pattern.compile("(?i)(?:.*_)?(?:nonce|iv)");
  private static final Pattern COUNTS =
      Pattern.compile(
          "(?i).*(?:nonce|iv|count|seq|index|number|rng|random|sector|block|offset|id).*");
  private static final Pattern COUNTED =
      Pattern.compile(
          "(?i)self|rng|generate.*|.*count.*|fetch_add|.*random.*|.*index.*|.*sequence.*");
  private static final Pattern FIXED =
      Pattern.compile("(?i)(?:data|vault|master|encryption|secret|private|signing)_?key");
  private static final Pattern SOURCES =
      Pattern.compile(
          "(?i)self|var|var_os|read\\w*|get_\\w*|load\\w*|open|env|prompt\\w*|keyring|\\w*pass\\w*|\\w*secret|\\w*seed|fetch\\w*");
  private static final Pattern CLEARS =
      Pattern.compile("(?i).*(?:zero|clear|wipe|drop|erase|parse|decode|verif|check).*");
  private static final Set<String> CLOCKS =
      Set.of(
          ("as_nanos as_secs as_millis as_micros subsec_nanos subsec_micros subsec_millis"
                  + " timestamp timestamp_millis timestamp_nanos elapsed timestamp_nanos_opt"
                  + " unix_timestamp unix_timestamp_nanos UNIX_EPOCH")
              .split(" ", -1));
  private static final Set<String> MACHINES =
      Set.of("gethostname", "hostname", "mac_address", "machine_uid", "whoami");
  private static final Set<String> RANDOM =
      Set.of(
          ("OsRng getrandom thread_rng ThreadRng from_entropy from_os_rng random SystemRandom"
                  + " new_v4 now_v7 SysRng urandom")
              .split(" ", -1));
  private static final Set<String> WEAK = Set.of("seed_from_u64", "from_seed", "with_seed", "seed");
  private static final Set<String> NARROW = Set.of("u8", "u16", "u32", "i32");
  private static final Set<String> FILLS =
      Set.of("getrandom", "fill_bytes", "try_fill_bytes", "fill", "try_fill");
  private static final long SMALL_SPACE = 1L << 48;
  private static final int FEW = 8;
  private static final int MANY = 16;
  private static final int HEAD = 64;

  private final SourceTokens code;
  private final Receiver receiver;
  private StretchFunctions stretching;

  RandomRules(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
    stretching = new StretchFunctions(code, List.of());
  }

  void find(FunctionSignatures signatures) {
    stretching = new StretchFunctions(code, signatures.functions());
    for (Signature each : signatures.functions()) {
      boolean makes = makes(each);
      zeroed(each);
      if (encrypts(each.name())) {
        repeated(each);
      }
      if (makes && !CLEARS.matcher(each.name()).matches()) {
        made(each);
      }
    }
  }

  private static boolean makes(Signature each) {
    return matches(MAKES, each.name())
        || each.gives().stream().anyMatch(type -> matches(TYPES, type))
        || (matches(TYPES, each.type()) && gives(each));
  }

  private static boolean encrypts(String name) {
    boolean begins =
        name.regionMatches(true, 0, "encrypt", 0, 7) || name.regionMatches(true, 0, "seal", 0, 4);
    return begins && ENCRYPTS.matcher(name).matches();
  }

  /// Returns whether one of the patterns for keys and nonces matches a name.
  private static boolean matches(Pattern pattern, String name) {
    return Need.MADE.in(PatternPrefilter.of(name)) && pattern.matcher(name).matches();
  }

  private static final Pattern GIVES =
      Pattern.compile(
          "(?i)new|generate\\w*|random\\w*|fresh\\w*|create\\w*|default|make\\w*|issue\\w*|mint\\w*");

  private static boolean gives(Signature each) {
    return GIVES.matcher(each.name()).matches();
  }

  private void made(Signature each) {
    Range body = each.body();
    boolean given = false;
    for (Parameter parameter : each.parameters()) {
      given |= GIVEN.matcher(parameter.name()).matches();
    }
    boolean random = false;
    boolean stretches = false;
    int clock = -1;
    int weak = -1;
    for (int i = body.from(); i < body.to() && code.spend(1); i++) {
      String word = code.word(i);
      if (word.isEmpty()) {
        stretches |= code.is(i, '^') && code.is(i + 1, '=');
        continue;
      }
      random |= RANDOM.contains(word) || (word.equals("rng") && code.is(i + 1, '('));
      stretches |= code.is(i + 1, '(') && StretchFunctions.names(word);
      boolean process = word.equals("id") && code.is(i - 2, "process") && code.separator(i - 1);
      if (CLOCKS.contains(word) || process || (MACHINES.contains(word) && !code.is(i - 1, '.'))) {
        clock = clock < 0 ? i : clock;
      }
      weak = weak < 0 && weak(i) ? i : weak;
      if (FILLS.contains(word) && code.is(i + 1, '(') && beginning(i, body)) {
        found(i, "only its beginning is random");
        return;
      }
    }
    given |= self(body);
    if (clock >= 0 && !random && !given && (stretches || weak >= 0)) {
      found(clock, "made of " + code.word(clock));
    } else if (!random && !given && stretches && constant(each, body)) {
      found(body.from(), "made of constants");
    } else if (random && narrowed(body)) {
      found(body.from(), "random numbers are cut before they are stretched");
    }
  }

  /// Reads an array of zeros for a nonce that receives neither random numbers nor a counter.
  private void repeated(Signature each) {
    Range body = each.body();
    for (Parameter parameter : each.parameters()) {
      if (COUNTS.matcher(parameter.name()).matches()) {
        return;
      }
    }
    int zeros = -1;
    for (int i = body.from(); i < body.to(); i++) {
      String word = code.word(i);
      if (RANDOM.contains(word) || FILLS.contains(word) || COUNTED.matcher(word).matches()) {
        return;
      }
      boolean array = code.is(i + 1, '=') && code.is(i + 2, '[') && code.is(i + 4, ';');
      zeros = array && NONCES.matcher(word).matches() ? i : zeros;
    }
    if (zeros >= 0) {
      receiver.found(Behavior.WEAK_CHECK, zeros, "");
    }
  }

  /// Returns whether a key is stretched of constants and names alone.
  private boolean constant(Signature each, Range body) {
    if (!FIXED.matcher(each.name()).matches()) {
      return false;
    }
    for (int i = body.from(); i < body.to(); i++) {
      if (SOURCES.matcher(code.word(i)).matches()) {
        return false;
      }
    }
    return true;
  }

  private void found(int at, String says) {
    receiver.found(Behavior.WEAK_CHECK, at, SMALL + says);
  }

  /// Returns whether a function takes keys from its own object.
  private boolean self(Range body) {
    for (int i = body.from(); i < body.to(); i++) {
      boolean field = code.is(i, "self") && code.is(i + 1, '.');
      if (field && GIVEN.matcher(code.word(i + 2)).matches()) {
        return true;
      }
    }
    return false;
  }

  private boolean weak(int at) {
    boolean twister = code.is(at, "new") && code.separator(at - 1) && generator(code.word(at - 2));
    return code.is(at + 1, '(') && (twister || WEAK.contains(code.word(at)));
  }

  private static boolean generator(String type) {
    return type.matches(
        "(?i)mt|mt19937\\w*|mersenne\\w*|pcg\\w*|lcg|xorshift\\w*|splitmix\\w*|wyrand|smallrng|rand");
  }

  /// Reads `fill_bytes(&mut key[..4])` for a key with more bytes.
  private boolean beginning(int at, Range body) {
    int end = code.close(at + 1);
    for (int i = at + 2; i < end; i++) {
      boolean slice = code.is(i, '[') && code.is(i + 1, '.') && code.is(i + 2, '.');
      int limit = code.is(i + 3, '=') ? i + 4 : i + 3;
      if (slice && code.number(limit)) {
        int count = IntegerLiterals.value(code.text(limit));
        return count > 0 && count <= FEW && longer(code.word(i - 1), body);
      }
    }
    return false;
  }

  /// Returns whether a name is an array of zeros with the length of a key, and receives no other
  /// bytes.
  private boolean longer(String name, Range body) {
    boolean zeros = false;
    for (int i = body.from(); i < body.to(); i++) {
      if (code.is(i, name) && code.is(i + 1, '=') && code.is(i + 2, '[')) {
        int size =
            code.is(i + 4, ';') && code.number(i + 5) ? IntegerLiterals.value(code.text(i + 5)) : 0;
        zeros |= size >= MANY;
      }
      boolean more = code.is(i, name) && (code.is(i + 1, '[') || code.is(i + 1, '.'));
      int method = code.is(i + 1, '[') ? code.close(i + 1) + 2 : i + 2;
      if (more && code.word(method).startsWith("copy_from")) {
        return false;
      }
    }
    return zeros;
  }

  /// Returns whether a number of a few bits is stretched.
  private boolean narrowed(Range body) {
    Set<String> small = new HashSet<>();
    for (int round = 0; round < 2; round++) {
      for (int i = body.from(); i < body.to(); i++) {
        if (code.is(i, "let")) {
          int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
          int end = Math.min(code.end(name, false), i + HEAD);
          if (!code.word(name).isEmpty() && (narrow(name + 1, end) || only(name + 1, end, small))) {
            small.add(code.word(name));
          }
        }
      }
    }
    for (int i = body.from(); i < body.to(); i++) {
      boolean call = code.is(i + 1, '(') || code.is(i + 1, '!');
      if (call && stretching.calls(code.word(i))) {
        int open = code.is(i + 1, '(') ? i + 1 : i + 2;
        boolean method = code.is(i - 1, '.') && small.contains(code.word(i - 2));
        boolean multiplies = code.is(i, "wrapping_mul") && method;
        boolean takes = holds(open + 1, code.close(open), small) || narrow(open, code.close(open));
        if (multiplies || (!code.is(i, "wrapping_mul") && takes)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean holds(int from, int to, Set<String> names) {
    for (int i = from; i < to; i++) {
      if (names.contains(code.word(i)) || (code.string(i) && captured(code.literal(i), names))) {
        return true;
      }
    }
    return false;
  }

  private static boolean captured(String text, Set<String> names) {
    return text.indexOf('{') >= 0 && names.stream().anyMatch(n -> text.contains("{" + n));
  }

  /// Reads `fold(0u32, ..)`, `u16::from_le_bytes(..)`, `random() % 1_000` and
  /// `gen_range(0..1_000)`.
  private boolean narrow(int from, int to) {
    for (int i = from; i < to; i++) {
      String word = code.word(i);
      boolean parsed = NARROW.contains(word) && code.separator(i + 1) && bytes(code.word(i + 2));
      boolean folded = word.equals("fold") && code.number(i + 2) && typed(code.text(i + 2));
      boolean ranged = (word.equals("gen_range") || word.equals("random_range")) && bounded(i + 1);
      boolean divided = code.is(i, '%') && small(i + 1) && !code.is(i + 1, '=');
      boolean masked = code.is(i, '&') && !code.is(i + 1, '&') && value(i) && small(i + 1);
      boolean drawn = word.equals("next_u32") || typedCall(i);
      boolean cast = word.equals("as") && code.word(i + 1).matches("u8|u16");
      if (parsed
          || folded
          || ranged
          || divided
          || masked
          || drawn
          || (cast && code.is(i - 1, ')'))) {
        return true;
      }
    }
    return false;
  }

  private boolean value(int at) {
    return code.closes(at - 1) || !code.word(at - 1).isEmpty();
  }

  /// Reads `random::<u32>()`.
  private boolean typedCall(int at) {
    boolean draws = code.is(at, "random") || code.is(at, "gen");
    return draws && code.separator(at + 1) && NARROW.contains(code.word(at + 3));
  }

  private static boolean bytes(String word) {
    return word.startsWith("from_") && word.endsWith("_bytes");
  }

  private static boolean typed(String number) {
    return NARROW.stream().anyMatch(number::endsWith);
  }

  private boolean bounded(int open) {
    for (int i = open + 1; i < code.close(open); i++) {
      if (code.is(i, '.') && code.is(i + 1, '.')) {
        return small(code.is(i + 2, '=') ? i + 3 : i + 2);
      }
    }
    return false;
  }

  private boolean small(int at) {
    String digits =
        code.number(at) ? code.text(at).replace("_", "").replaceAll("[ui]\\d+$", "") : "";
    boolean hex = digits.startsWith("0x");
    String value = hex ? digits.substring(2) : digits;
    boolean plain = !value.isEmpty() && value.length() < 15 && value.matches("[0-9a-fA-F]+");
    return plain
        && (hex || value.matches("[0-9]+"))
        && Long.parseLong(value, hex ? 16 : 10) < SMALL_SPACE;
  }

  /// Returns whether a value is made of small numbers alone.
  private boolean only(int from, int to, Set<String> small) {
    return to - from <= 8 && holds(from, to, small);
  }

  /// Reads `for b in &mut bytes[..24] { *b = 0; }` and a slice that begins where it ends, in
  /// functions that make a nonce.
  private void zeroed(Signature each) {
    if (!matches(MAKES_NONCES, each.name())) {
      return;
    }
    Range body = each.body();
    for (int i = body.from(); i < body.to(); i++) {
      boolean slice = code.is(i, '[') && code.is(i + 1, '.') && code.is(i + 2, '.');
      boolean loops =
          slice
              && code.is(i - 2, "mut")
              && code.number(i + 3)
              && code.is(code.close(i) + 1, '{')
              && code.is(code.close(i) + 4, '=')
              && code.text(code.close(i) + 5).equals("0");
      boolean fills =
          code.is(i, "fill")
              && code.is(i - 1, '.')
              && code.is(i - 2, ']')
              && code.text(i + 2).equals("0");
      boolean empty =
          code.is(i, '[')
              && code.is(i + 1, code.word(i - 1))
              && code.is(i + 3, "len")
              && code.is(i + 6, '.')
              && code.is(i + 8, ']');
      if (loops || fills || (empty && !code.word(i - 1).isEmpty())) {
        found(i, "a part of it is emptied");
        return;
      }
    }
  }
}
