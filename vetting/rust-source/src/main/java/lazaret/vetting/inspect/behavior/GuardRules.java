package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Parameter;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.code.PatternPrefilter;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Backdoors in functions that control access.
///
/// They are a constant that passes a check, an environment variable that skips a check, and an
/// algorithm named `none`. Others are a failure that counts as success, and tags that are compared
/// only at the beginning.
final class GuardRules {
  /// The beginning of the note on a constant that passes.
  static final String CONSTANT = "a constant lets in: ";

  static final Pattern GUARD =
      Pattern.compile(
          "(?i)(?:.*_)?(?:verif\\w*|check\\w*|valid\\w*|auth\\w*|allow\\w*|permit\\w*|access|log_?in|sign_?in"
              + "|can|may|admin|is_admin|roles?|guard|requir\\w*|unlock\\w*|licen[sc]e\\w*|trust\\w*|decode"
              + "|claims|accepts?|match\\w*|known|eq|compare\\w*|resolve|lookup|find)(?:_.*)?");
  private static final Pattern STRICT =
      Pattern.compile(
          "(?i)(?:.*_)?(?:verif\\w*|check\\w*|validat\\w*|authentic\\w*|authoriz\\w*|require\\w*|is_valid\\w*"
              + "|is_trusted|is_allowed|eq|ct_eq|compare\\w*)(?:_.*)?");
  private static final Pattern SURE =
      Pattern.compile(
          "(?i)^(?:verify|authentic|authoriz)|ct_eq|constant_time|secure_(?:eq|compare)|timing_safe");
  static final Pattern GIVEN =
      Pattern.compile(
          "(?i)passw|passphrase|pwd|token|secret|otp|^pin$|cookie|header|session|^user|user(?:_?name|_?id)?$"
              + "|^sig|signature|^key$|_key$|api_?key|digest|hash|mac$|^tag|role|cred|log_?in|auth|claim"
              + "|cert|licen|^kid$|bearer|webhook|proof");
  private static final Set<String> GRANTS =
      Set.of(
          ("true Ok Some Admin ADMIN Allow Allowed Granted next Valid Authorized Superuser"
                  + " Root Full Owner Accept ok")
              .split(" ", -1));
  private static final Set<String> DENIES =
      Set.of(
          ("false Err None bail panic Denied Deny Forbidden Unauthorized UNAUTHORIZED"
                  + " FORBIDDEN reject unreachable Invalid Reject continue ensure")
              .split(" ", -1));
  private static final Pattern CHECKS =
      Pattern.compile("(?i)eq|ct_eq|constant_time_eq|verify\\w*|check\\w*|is_valid\\w*|matches");
  private static final Set<String> VARIABLES = Set.of("var", "var_os", "option_env");
  private static final int MAX_BLOCK = 96;
  private static final int MAX_OPERAND = 96;
  private static final int SHORT = 7;

  private final SourceTokens code;
  private final Receiver receiver;
  private DistinctiveConstants constants;
  private final FailingChecks failing;
  private final Set<String> locals = new HashSet<>();

  GuardRules(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
    constants = new DistinctiveConstants(code, new BitSet());
    failing = new FailingChecks(code, receiver);
  }

  /// @param tests the tokens that do not count
  void find(FunctionSignatures signatures, BitSet tests) {
    constants = new DistinctiveConstants(code, tests);
    for (Signature each : signatures.functions()) {
      boolean given = false;
      for (Parameter parameter : each.parameters()) {
        given = given || given(parameter.name());
      }
      if (given || guards(each.name())) {
        follow(each, given || given(each.name()));
      }
    }
  }

  private static boolean guards(String name) {
    return Need.ACCESS.in(PatternPrefilter.of(name)) && GUARD.matcher(name).matches();
  }

  private static boolean given(String name) {
    return Need.SHOWN.in(PatternPrefilter.of(name)) && GIVEN.matcher(name).find();
  }

  private void follow(Signature each, boolean given) {
    Range body = each.body();
    bound(body);
    boolean strict =
        STRICT.matcher(each.name()).matches() && (given || SURE.matcher(each.name()).find());
    int found = -1;
    for (int i = body.from(); i < body.to() && found < 0 && code.spend(1); i++) {
      if (code.is(i, "if") && !code.is(i + 1, "let")) {
        found = condition(i, body, strict);
      } else if (code.is(i, '|') && code.is(i + 1, '|') && binary(i)) {
        found = either(i, body);
      } else if (code.is(i, '=') && code.is(i + 1, '>') && !code.is(i - 1, '=')) {
        found = arm(i, body, given);
      }
    }
    if (found >= 0) {
      receiver.found(Behavior.WEAK_CHECK, found, CONSTANT + line(found));
    } else if (strict) {
      failing.find(each);
    }
  }

  private String line(int at) {
    var out = new StringBuilder();
    for (int i = Math.max(0, at - 2); i < Math.min(code.size(), at + 10); i++) {
      out.append(code.text(i)).append(' ');
    }
    return out.toString().strip();
  }

  /// Records the names of a function that are made of strong constants.
  private void bound(Range body) {
    locals.clear();
    for (int i = body.from(); i < body.to(); i++) {
      if (code.is(i, "let")) {
        int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
        int end = Math.min(code.end(name, false), i + MAX_OPERAND);
        boolean constant = code.is(name + 1, '=') || code.is(name + 1, ':');
        if (constant && !code.word(name).isEmpty() && strong(name + 1, end)) {
          locals.add(code.word(name));
        }
      }
    }
  }

  private boolean strong(int from, int to) {
    if (constants.between(from, to)) {
      return true;
    }
    for (int i = from; i < to && !locals.isEmpty(); i++) {
      if (locals.contains(code.word(i)) && !code.is(i - 1, '.')) {
        return true;
      }
    }
    return false;
  }

  /// Reads `if digest(password) == MASTER { return true; }`, and the same condition between an
  /// arm's pattern and its value.
  private int condition(int at, Range body, boolean strict) {
    int end = at + 1;
    while (end < body.to() && !code.is(end, '{') && !arrow(end) && end < at + 2 * MAX_OPERAND) {
      end = code.close(end) + 1;
    }
    boolean arm = arrow(end);
    Range block = arm ? value(end + 2) : new Range(end, Math.min(code.close(end), end + MAX_BLOCK));
    if ((!arm && !code.is(end, '{')) || !grants(block)) {
      return -1;
    }
    Range asked = new Range(at + 1, end);
    boolean rises = arm && privileged(block);
    if (compares(asked) && strong(asked.from(), asked.to()) && (rises || about(asked))) {
      return at;
    }
    for (int i = at + 1; i < end && strict; i++) {
      if (VARIABLES.contains(code.word(i)) && (code.is(i + 1, '(') || code.is(i + 1, '!'))) {
        return at;
      }
    }
    return -1;
  }

  private boolean privileged(Range value) {
    for (int i = value.from(); i < value.to(); i++) {
      if (code.is(i, "Admin")
          || code.is(i, "Root")
          || code.is(i, "Superuser")
          || code.is(i, "Owner")) {
        return true;
      }
    }
    return false;
  }

  private boolean arrow(int at) {
    return code.is(at, '=') && code.is(at + 1, '>');
  }

  private Range value(int from) {
    int to = from;
    while (to < from + MAX_BLOCK && to < code.size() && !code.is(to, ',') && !code.closes(to)) {
      boolean block = code.is(to, '{');
      to = code.close(to) + 1;
      if (block) {
        break;
      }
    }
    return new Range(from, Math.min(to, from + MAX_BLOCK));
  }

  private boolean grants(Range block) {
    boolean grants = false;
    for (int i = block.from(); i < block.to(); i++) {
      if (DENIES.contains(code.word(i))) {
        return false;
      }
      grants |= GRANTS.contains(code.word(i));
    }
    return grants;
  }

  /// Returns whether a condition compares for equality or calls a check. Inequality does not count.
  private boolean compares(Range range) {
    boolean compares = false;
    for (int i = range.from(); i < range.to(); i++) {
      if (code.is(i, '!') && (code.is(i + 1, '=') || i == range.from())) {
        return false;
      }
      compares |=
          (code.is(i, '=') && code.is(i + 1, '='))
              || (CHECKS.matcher(code.word(i)).matches() && calls(i));
    }
    return compares;
  }

  private boolean calls(int at) {
    return code.is(at + 1, '(') || code.is(at + 1, '!');
  }

  private boolean about(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      String word = code.word(i);
      if (!word.isEmpty() && !upper(word) && GIVEN.matcher(word).find()) {
        return true;
      }
    }
    return false;
  }

  private static boolean upper(String word) {
    return word.equals(word.toUpperCase(Locale.ROOT));
  }

  /// Returns whether `||` is between two values, rather than at the beginning of a closure.
  private boolean binary(int at) {
    return code.closes(at - 1)
        || code.string(at - 1)
        || code.number(at - 1)
        || (!code.word(at - 1).isEmpty() && !code.is(at - 1, "move") && !code.is(at - 1, "return"));
  }

  /// Reads `checked(..) || digest == MASTER` outside of a condition.
  private int either(int at, Range body) {
    int from = at - 1;
    int depth = 0;
    while (from > Math.max(body.from(), at - MAX_OPERAND)) {
      depth += code.closes(from) ? 1 : code.opens(from) ? -1 : 0;
      boolean ends = code.is(from, ';') || code.is(from, '{') || code.is(from, '}');
      if (depth < 0 || (depth == 0 && (ends || code.is(from, "if") || code.is(from, "while")))) {
        break;
      }
      from--;
    }
    if (code.is(from, "if") || code.is(from, "while") || code.is(from, '(')) {
      return -1;
    }
    int to = at + 2;
    while (to < Math.min(body.to(), at + MAX_OPERAND)
        && !code.is(to, ';')
        && !code.is(to, ',')
        && !code.closes(to)
        && !(code.is(to, '|') && code.is(to + 1, '|'))) {
      to = code.close(to) + 1;
    }
    boolean left = backdoor(from + 1, at);
    boolean right = backdoor(at + 2, to);
    boolean other = left ? strong(at + 2, to) : strong(from + 1, at);
    return left != right && !other ? at : -1;
  }

  private boolean backdoor(int from, int to) {
    Range range = new Range(from, to);
    return strong(from, to) && compares(range) && (about(range) || verifies(range));
  }

  private boolean verifies(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      if (code.word(i).startsWith("verify") || code.is(i, "check")) {
        return true;
      }
    }
    return false;
  }

  /// Reads `"b9d7e0c2" => true` and `"none" => true`.
  private int arm(int at, Range body, boolean given) {
    int from = at - 1;
    while (from > body.from()
        && (code.string(from)
            || code.is(from, '|')
            || code.closes(from)
            || code.is(from, '(')
            || code.is(from, "Some")
            || code.is(from, "Ok"))) {
      from--;
    }
    Range pattern = new Range(from + 1, at);
    Range value = value(at + 2);
    boolean plain = code.is(value.from(), "true") || agrees(value.from());
    boolean literal = plain && none(pattern) && algorithm(body);
    literal |= given && constants.between(from + 1, at) && value.to() - value.from() <= SHORT;
    return literal && grants(value) ? at : -1;
  }

  private boolean agrees(int at) {
    return code.is(at, "Ok") && code.is(at + 2, '(') && code.close(at + 2) == at + 3;
  }

  private boolean algorithm(Range body) {
    for (int i = body.from(); i < body.to(); i++) {
      boolean text = code.string(i) && code.literal(i).equals("alg");
      if (text || code.word(i).toLowerCase(Locale.ROOT).startsWith("alg")) {
        return true;
      }
    }
    return false;
  }

  private boolean none(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      if (code.string(i) && code.literal(i).equalsIgnoreCase("none")) {
        return true;
      }
    }
    return false;
  }
}
