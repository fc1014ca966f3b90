package lazaret.vetting.inspect.behavior;

import java.util.regex.Pattern;
import lazaret.vetting.inspect.code.SourceTokens;

/// Functions that are named as a check of something secret or signed, and succeed always.
///
/// @param code the source
/// @param asked the checks that a caller asks for
record PassingChecks(SourceTokens code, OptInChecks asked) {
  private static final Pattern CHECKS =
      Pattern.compile(
          "(?:verify|check|validate|authenticate|is_valid|is_trusted|constant_time_eq|ct_eq|authorize)"
              + "(?:_[a-z0-9_]*)?");
  private static final Pattern SENSITIVE =
      Pattern.compile(
          "(?i)sig|cert|token|passw|mac|hash|proof|auth|nonce|key|digest|checksum|tag|host|tls|trust");

  /// Returns whether a function passes always.
  ///
  /// @param name the position of its name
  static boolean at(SourceTokens code, OptInChecks asked, int name) {
    return new PassingChecks(code, asked).passes(name);
  }

  /// Reads `fn verify_signature(..) -> bool { true }`.
  private boolean passes(int name) {
    String word = code.word(name);
    boolean begins = !word.isEmpty() && "vcai".indexOf(word.charAt(0)) >= 0;
    if (!begins || !CHECKS.matcher(word).matches()) {
      return false;
    }
    int open = name + 1;
    while (open < Math.min(code.size(), name + 160) && !code.is(open, '{') && !code.is(open, ';')) {
      open = code.close(open) + 1;
    }
    if (!code.is(open, '{')) {
      return false;
    }
    boolean about = SENSITIVE.matcher(word).find();
    for (int i = name + 1; i < open && !about; i++) {
      about = SENSITIVE.matcher(code.word(i)).find();
    }
    return about && succeeds(open + 1, code.close(open)) && !asked.holds(name);
  }

  private boolean succeeds(int from, int to) {
    int at = from;
    while (at < to && code.is(at, "let") && code.text(at + 1).equals("_")) {
      at = code.end(at, false) + 1;
    }
    if (code.is(at, "true")) {
      return at + 1 == to;
    }
    boolean ok = code.is(at, "Ok") && code.is(at + 1, '(') && code.close(at + 1) + 1 == to;
    boolean unit = code.is(at + 2, '(') && code.is(at + 3, ')');
    return ok && (unit || code.is(at + 2, "true") || assertion(at, to));
  }

  private boolean assertion(int from, int to) {
    for (int i = from; i < to; i++) {
      if (code.is(i, "assertion")) {
        return true;
      }
    }
    return false;
  }
}
