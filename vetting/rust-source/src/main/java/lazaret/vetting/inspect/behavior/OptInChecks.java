package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;

/// Checks that always succeed and apply only at the caller's request.
///
/// Their type is used only in code such as `if self.accept_invalid { .. }`, with a switch that is
/// off by default.
final class OptInChecks {
  private static final Pattern SWITCH =
      Pattern.compile(
          "(?i)(?:.*_)?(?:invalid|insecure|danger|dangerous|skip|no_verif\\w*|disable|untrusted)(?:_.*)?");
  private static final Pattern ASKS =
      Pattern.compile(
          "(?i)(?:.*_)?(?:skip|insecure|invalid|danger|dangerous|disable|untrusted|self_?signed|no_?verify|no_check)(?:_.*)?");
  private static final int BACK = 64;
  private static final int CONDITION = 512;

  static final Set<String> OFF =
      Set.of(
          "danger_accept_invalid_certs",
          "danger_accept_invalid_hostnames",
          "tls_danger_accept_invalid_certs");
  static final Set<String> ON = Set.of("ssl_verify_peer", "ssl_verify_host", "verify_hostname");

  private final SourceTokens code;
  private final BitSet tests;

  OptInChecks(SourceTokens code, BitSet tests) {
    this.code = code;
    this.tests = tests;
  }

  /// Returns whether the check that begins at a function belongs to such a type.
  boolean holds(int function) {
    int open = -1;
    for (int i = 0; i < function && code.spend(1); i++) {
      open = code.is(i, '{') && code.close(i) > function && open < 0 && implemented(i) ? i : open;
    }
    String type = open < 0 ? "" : code.word(open - 1);
    boolean used = false;
    for (int i = 0; i < code.size() && !type.isEmpty() && code.spend(1); i++) {
      boolean use = code.is(i, type) && !tests.get(i) && i != open - 1;
      if (use && !code.is(i - 1, "struct") && !code.is(i - 1, "for")) {
        if (!gated(i)) {
          return false;
        }
        used = true;
      }
    }
    return used;
  }

  /// Reads `impl Trait for Type {`.
  private boolean implemented(int open) {
    for (int i = open - 1; i > Math.max(0, open - BACK); i--) {
      if (code.is(i, "impl")) {
        return code.is(open - 2, "for");
      }
      if (code.is(i, ';') || code.is(i, '}')) {
        return false;
      }
    }
    return false;
  }

  /// Returns whether a token is reached only under a condition that is named after its effect: `if
  /// self.insecure {`, `if env::var_os("TOOL_SKIP_VERIFY").is_some() {`.
  boolean around(int at) {
    for (int i = at; i > Math.max(0, at - CONDITION); i--) {
      if (code.is(i, '{') && code.close(i) > at) {
        boolean named = false;
        boolean turned = false;
        int from = i - 1;
        while (from > Math.max(0, i - BACK)
            && !code.is(from, ';')
            && !code.is(from, '{')
            && !code.is(from, '}')
            && !code.is(from, "if")) {
          String name = code.string(from) ? code.literal(from) : code.word(from);
          named |= ASKS.matcher(name).matches();
          boolean either = code.is(from, '|') && code.is(from - 1, '|');
          turned |= code.is(from, '!') || either || code.is(from, "cfg");
          from--;
        }
        if (code.is(from, "if") && named && !turned) {
          return true;
        }
      }
      if (code.is(i, "fn")) {
        return false;
      }
    }
    return false;
  }

  /// Returns whether a token is inside the block of such a switch.
  boolean gated(int at) {
    for (int i = at; i > 0 && code.spend(1); i--) {
      if (code.is(i, '{') && code.close(i) > at) {
        int from = i - 1;
        while (from > 0
            && (code.is(from, '.') || !code.word(from).isEmpty())
            && !code.is(from, "if")) {
          from--;
        }
        if (code.is(from, "if") && SWITCH.matcher(code.word(i - 1)).matches()) {
          return off(code.word(i - 1));
        }
      }
      if (code.is(i, "fn")) {
        return false;
      }
    }
    return false;
  }

  /// Returns whether the source itself never turns on a switch.
  private boolean off(String name) {
    boolean declared = false;
    for (int i = 0; i < code.size() && code.spend(1); i++) {
      boolean given = code.is(i, name) && (code.is(i + 1, ':') || code.is(i + 1, '='));
      declared |= given && code.is(i + 2, "bool");
      boolean plain =
          code.is(i + 2, "bool")
              || code.is(i + 2, "false")
              || (!code.word(i + 2).isEmpty()
                  && !code.is(i + 2, "true")
                  && (code.is(i + 3, ';') || code.is(i + 3, ',') || code.is(i + 3, '}')));
      if (given && !code.is(i + 2, '=') && !plain) {
        return false;
      }
    }
    return declared;
  }

  /// Returns whether a token switches off checks of TLS without a request of the caller.
  boolean weakens(int at, ValueFlow values) {
    String word = code.word(at);
    return (switchedOff(at, word) && !gated(at) && !around(at)) || laxly(at, word, values);
  }

  /// Reads `danger_accept_invalid_certs(true)` and `ssl_verify_peer(false)`.
  private boolean switchedOff(int at, String word) {
    boolean literal = code.is(at + 1, '(') && code.is(at + 3, ')');
    return literal
        && ((OFF.contains(word) && code.is(at + 2, "true"))
            || (ON.contains(word) && code.is(at + 2, "false")));
  }

  /// Reads `danger_accept_invalid_certs(lax)` if the argument is an environment variable or the
  /// beginning or end of a name.
  private boolean laxly(int at, String word, ValueFlow values) {
    if (!OFF.contains(word) || !code.is(at + 1, '(')) {
      return false;
    }
    Range given = new Range(at + 2, code.close(at + 1));
    boolean variable = ValueOrigin.any(values.origins(given), ValueOrigin.VARIABLE);
    for (int i = 0; i < code.size() && !variable; i++) {
      boolean named =
          code.is(i, "let") && code.is(i + 1, code.word(given.from())) && code.is(i + 2, '=');
      int end = named ? Math.min(code.end(i + 3, false), i + 64) : i;
      for (int k = i; k < end && !variable; k++) {
        variable = code.is(k, "ends_with") || code.is(k, "starts_with");
      }
    }
    return variable;
  }
}
