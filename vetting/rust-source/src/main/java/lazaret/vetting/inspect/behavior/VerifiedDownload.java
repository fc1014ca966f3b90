package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.ConditionBlocks;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.FunctionBodies.Body;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Downloads that are all compared with a digest of the caller, and dropped if it differs, before
/// anything is started or made executable.
///
/// A digest in the source does not count, nor does one that is fetched as well or whose comparison
/// has no effect.
final class VerifiedDownload {
  /// The note on an occurrence whose digest is never optional.
  private static final String ALWAYS = "each download is checked";

  private static final int MAX_CALLS = 3;
  private static final int MAX_SPLIT = 64;
  private static final int BETWEEN = 48;

  private static final Pattern DIGEST =
      Pattern.compile(
          "(?i).*(?:sha_?(?:1|2|3|256|512)|digest|hash|blake|checksum|hmac|finalize).*");
  private static final WordSet LET = WordSet.of("let");
  private static final WordSet SIGNED =
      WordSet.of(
          "verify",
          "verify_strict",
          "verify_detached",
          "verify_prehashed",
          "verify_digest",
          "verify_signature",
          "verify_stream");
  private static final Set<String> ENSURES = Set.of("ensure", "assert", "assert_eq");
  private static final Set<String> RUNS =
      Set.of("set_permissions", "set_mode", "chmod", "spawn", "Library", "dlopen", "exec");

  private final SourceTokens code;
  private final ConditionBlocks conditions;
  private final ValueFlow values;
  private final Receiver receiver;
  private final Set<String> digests = new HashSet<>();
  private final Set<String> checking = new HashSet<>();
  private BitSet commands = new BitSet();
  private final BitSet checks = new BitSet();
  private BitSet tests = new BitSet();
  private boolean optional;

  /// The flag that the signature of received data is checked.
  private boolean vouched;

  /// The flag that a digest in the crate counts.
  private boolean pinned;

  VerifiedDownload(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    conditions = new ConditionBlocks(code);
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    if (places.networks().isEmpty()) {
      return;
    }
    commands = places.commands();
    tests = places.tests();
    BitSet fetches = NetworkCalls.find(code, values, places);
    if (fetches.isEmpty() || !checksAnything()) {
      return;
    }
    var bodies = new FunctionBodies(code, places.tests());
    if (checked(bodies, fetches)) {
      String note = optional ? "" : ALWAYS;
      receiver.found(Behavior.VERIFIED_DOWNLOAD, checks.nextSetBit(0), note);
      return;
    }
    pinned = true;
    if (checked(bodies, fetches) && !optional) {
      receiver.found(Behavior.PINNED_DOWNLOAD, checks.nextSetBit(0), "");
    }
  }

  private boolean checked(FunctionBodies bodies, BitSet fetches) {
    checks.clear();
    checking.clear();
    optional = false;
    vouched = false;
    for (Body body : bodies.all()) {
      for (int i = body.open(); i < body.close() && !vouched; i++) {
        vouched = (signature(i) && (answered(i) || last(i, body))) || counted(i, body) >= 0;
      }
    }
    for (Body body : bodies.all()) {
      checks(body);
    }
    return !checks.isEmpty() && fetches.stream().allMatch(at -> covered(bodies, at, 0));
  }

  /// Records the names of digests, and returns whether anything is hashed.
  private boolean digests() {
    boolean[] hashes = code.named(word -> DIGEST.matcher(word).matches());
    if (IntStream.range(0, hashes.length).noneMatch(i -> hashes[i])) {
      return false;
    }
    for (int i : code.at(LET)) {
      int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
      int end = Math.min(code.end(name, false), name + MAX_SPLIT);
      for (int k = name + 1; k < end; k++) {
        if (code.is(k, hashes) && called(k)) {
          digests.add(code.word(name));
        }
      }
    }
    return true;
  }

  /// Searches for both kinds of checks, since each search records its findings.
  private boolean checksAnything() {
    boolean digests = digests();
    boolean signed = signed();
    return digests || signed;
  }

  private boolean signed() {
    return Arrays.stream(code.at(SIGNED))
        .anyMatch(i -> code.is(i + 1, '(') && !code.is(i - 1, "fn"));
  }

  /// Returns whether the result of a call is the result of its function.
  private boolean last(int at, Body body) {
    int i = code.close(at + 1) + 1;
    while (i < body.close() && (code.is(i, '.') || !code.word(i).isEmpty() || code.is(i, '('))) {
      i = code.close(i) + 1;
    }
    return i == body.close();
  }

  /// Returns whether a signature is checked with a key that was not received.
  private boolean signature(int at) {
    boolean call = SIGNED.contains(code.word(at)) && code.is(at + 1, '(') && !code.is(at - 1, "fn");
    return call
        && code.is(at - 1, '.')
        && !ValueOrigin.any(values.origins(new Range(at - 2, at)), ValueOrigin.FOREIGN);
  }

  /// Reads `signers.extend(keys.iter().position(|k| k.verify(..).is_ok()))` with a later `if
  /// signers.len() < 2 { return .. }`.
  private int counted(int at, Body body) {
    boolean call = SIGNED.contains(code.word(at)) && code.is(at + 1, '(') && code.is(at - 1, '.');
    int answer = code.close(at + 1) + 2;
    if (!call || !code.is(answer, "is_ok")) {
      return -1;
    }
    int from = at;
    while (from > body.open()
        && !code.is(from, ';')
        && !code.is(from, '{')
        && !code.is(from, '}')) {
      from--;
    }
    boolean bound = code.is(from + 1, "let");
    int first = bound ? code.is(from + 2, "mut") ? from + 3 : from + 2 : from + 1;
    String name = code.word(first);
    for (int i = at; i < body.close() && !name.isEmpty(); i++) {
      int block = code.is(i, "if") ? code.end(i + 1, true) : -1;
      for (int k = i + 1; k < block; k++) {
        if (code.is(k, name) && code.is(block, '{') && conditions.givesUp(block)) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean called(int at) {
    return code.is(at + 1, '(') || code.separator(at + 1);
  }

  /// Records the comparisons of a function, and the function if it has one.
  private void checks(Body body) {
    for (int i = body.open(); i < body.close(); i++) {
      boolean found = false;
      if (code.is(i, "if") && !code.is(i + 1, "let")) {
        int block = code.end(i + 1, true);
        var condition = new Range(i + 1, block);
        found =
            code.is(block, '{') && (decides(condition, block, body) || refused(condition, block));
      } else if (ENSURES.contains(code.word(i)) && code.macro(i)) {
        var condition = new Range(i + 3, code.close(i + 2));
        boolean equal = code.is(i, "assert_eq") || conditions.operator(condition, '=') >= 0;
        found = (equal || conditions.compares(condition)) && compared(condition, body);
      }
      found |= signature(i) && (answered(i) || last(i, body));
      int counted = counted(i, body);
      if (counted >= 0) {
        checks.set(counted);
        checking.add(body.name());
      }
      if (found) {
        checks.set(i);
        checking.add(body.name());
      }
    }
  }

  /// Reads `if digest(x) != expected { return .. }` and `if digest(x) == expected { .. } else { ..
  /// }`.
  private boolean decides(Range condition, int block, Body body) {
    boolean differs =
        conditions.operator(condition, '!') >= 0
            || (code.is(condition.from(), '!') && conditions.compares(condition));
    int other = code.close(block) + 1;
    boolean same =
        conditions.operator(condition, '=') >= 0 || (!differs && conditions.compares(condition));
    boolean equal = same && code.is(other, "else");
    int way = differs ? block : equal ? other + 1 : -1;
    return way >= 0 && code.is(way, '{') && conditions.givesUp(way) && compared(condition, body);
  }

  /// Reads `if key.verify(..).is_err() { return .. }`.
  private boolean refused(Range condition, int block) {
    boolean signed = false;
    boolean fails = code.is(condition.from(), '!');
    for (int i = condition.from(); i < condition.to(); i++) {
      signed |= SIGNED.contains(code.word(i)) && code.is(i + 1, '(');
      fails |= code.is(i, "is_err");
    }
    return signed && fails && conditions.givesUp(block);
  }

  /// Returns whether a condition compares a digest with a value that only the caller can provide.
  private boolean compared(Range condition, Body body) {
    if (pinned) {
      return carried(condition);
    }
    boolean digest = false;
    boolean given = false;
    for (int i = condition.from(); i < condition.to(); i++) {
      String word = code.word(i);
      boolean constant = word.length() > 2 && word.equals(word.toUpperCase(Locale.ROOT));
      boolean field = code.is(i - 1, '.') && !code.is(i + 1, '(');
      if (code.string(i) || constant || (code.is(i, '&') && code.is(i + 1, '&'))) {
        return false;
      }
      boolean argument = code.is(i + 1, '.') || word.isEmpty();
      if ((DIGEST.matcher(word).matches() && called(i)) || digests.contains(word)) {
        digest = true;
        i = code.is(i + 1, '(') ? code.close(i + 1) : i;
      } else if (field || (!argument && body.parameters().contains(word))) {
        given |= foreign(i, word);
      } else if (body.parameters().contains(word) && code.is(i + 3, '(')) {
        given |= foreign(i, word);
      }
    }
    return digest && given;
  }

  /// Returns whether a condition compares a digest with a value that was not received.
  private boolean carried(Range condition) {
    boolean digest = false;
    boolean other = false;
    for (int i = condition.from(); i < condition.to(); i++) {
      String word = code.word(i);
      if (code.is(i, '&') && code.is(i + 1, '&')) {
        return false;
      }
      if ((DIGEST.matcher(word).matches() && called(i)) || digests.contains(word)) {
        digest = true;
        i = code.is(i + 1, '(') ? code.close(i + 1) : i;
      } else if (code.string(i)
          || (!word.isEmpty() && !code.is(i + 1, '(') && !code.separator(i + 1))) {
        int origins = values.origins(new Range(i, i + 1));
        if (ValueOrigin.any(origins, ValueOrigin.FOREIGN)) {
          return false;
        }
        other = true;
      }
    }
    return digest && other;
  }

  /// Returns whether the source itself never sets the value of a name.
  private boolean foreign(int at, String name) {
    int origins = values.origins(new Range(at, at + 1));
    String text = values.texts().of(at, at + 1);
    boolean known = text.chars().filter(Character::isLetterOrDigit).count() > MAX_CALLS;
    // The digests in a list are trusted if the signature of the list was checked.
    int received = vouched ? 0 : ValueOrigin.FOREIGN;
    if (known || ValueOrigin.any(origins, received, ValueOrigin.INCLUDED, ValueOrigin.DECODED)) {
      return false;
    }
    for (int i = 1; i < code.size(); i++) {
      boolean set =
          code.is(i, name) && (code.is(i + 1, ':') || code.is(i + 1, '=')) && !tests.get(i);
      if (!set) {
        continue;
      }
      boolean literal = code.string(i + 2) || (code.is(i + 2, '&') && code.string(i + 3));
      int given = values.origins(new Range(i + 2, valueEnd(i + 2)));
      if (literal || ValueOrigin.any(given, received)) {
        return false;
      }
    }
    return true;
  }

  private int valueEnd(int from) {
    int at = from;
    while (at < Math.min(code.size(), from + MAX_SPLIT)
        && !code.is(at, ',')
        && !code.is(at, ';')
        && !code.closes(at)) {
      at = code.close(at) + 1;
    }
    return at;
  }

  /// Returns whether a check follows a token before anything runs. It is in the same function, or
  /// in all callers of a function without one.
  private boolean covered(FunctionBodies bodies, int at, int depth) {
    Body body = bodies.around(at);
    if (body == null || depth > MAX_CALLS || !code.spend(code.size())) {
      return false;
    }
    for (int i = at; i < body.close(); i++) {
      if (commands.get(i) || (RUNS.contains(code.word(i)) && code.is(i + 1, '('))) {
        return false;
      }
      if ((checks.get(i) || believed(i)) && always(at, i)) {
        return true;
      }
    }
    List<Integer> calls = bodies.calls(body);
    return !calls.isEmpty()
        && calls.stream().allMatch(call -> covered(bodies, call + 1, depth + 1));
  }

  /// Returns whether every execution of an earlier token reaches a check, unless the caller omitted
  /// the digest.
  private boolean always(int from, int check) {
    for (int i = from; i < check; i++) {
      if (code.is(i, '{') && code.close(i) > check) {
        int begin = i - 1;
        while (begin > from
            && !code.is(begin, ';')
            && !code.is(begin, '{')
            && !code.is(begin, '}')) {
          begin--;
        }
        boolean some =
            code.is(begin + 1, "if") && code.is(begin + 2, "let") && code.is(begin + 3, "Some");
        if (!some) {
          return false;
        }
        optional = true;
      }
    }
    return true;
  }

  /// Returns whether a call of a function that compares has an effect: `check(..)?`.
  private boolean believed(int at) {
    if (!checking.contains(code.word(at)) || !code.is(at + 1, '(') || code.is(at - 1, "fn")) {
      return false;
    }
    return answered(at);
  }

  private boolean answered(int at) {
    int end = code.close(at + 1) + 1;
    for (int i = end; i < Math.min(code.size(), end + BETWEEN); i = code.close(i) + 1) {
      if (code.is(i, '?')) {
        return true;
      }
      boolean adds = code.is(i, "map_err") || code.is(i, "context") || code.is(i, "with_context");
      if (!code.is(i, '.') && !adds && !code.is(i, "await") && !code.is(i, '(')) {
        return false;
      }
    }
    return false;
  }
}
