package lazaret.vetting.inspect.behavior;

import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.code.IntegerLiterals;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Checks that fail open.
///
/// They count failures as success, are skipped for some input, compare only the beginning of a tag,
/// or allow very many attempts.
final class FailingChecks {
  private static final Pattern REAL =
      Pattern.compile("(?i)verify\\w*|ct_eq|constant_time_eq|finalize|digest|hmac|mac|hash");
  private static final int SHORT = 7;
  private static final int OPERAND = 96;
  private static final int FEW = 8;
  private static final int WIDE = 500;

  private final SourceTokens code;
  private final Receiver receiver;

  FailingChecks(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  /// Checks the handling of failures and of the length of the input in a check.
  void find(Signature each) {
    Range body = each.body();
    boolean zips = false;
    boolean measures = false;
    for (int i = body.from(); i < body.to(); i++) {
      boolean fails =
          code.is(i, "Err")
              && code.close(i + 1) == i + 3
              && code.is(i + 4, '=')
              && code.is(i + 5, '>')
              && (code.is(i + 6, "true") || agrees(i + 6));
      boolean anyway =
          code.is(i, "unwrap_or") && code.is(i + 2, "true") && code.close(i + 1) == i + 3;
      if (fails || anyway) {
        receiver.found(Behavior.WEAK_CHECK, i, "");
        return;
      }
      if (arrowed(i, body) || passes(i, body) || (code.is(i, "any") && wide(i))) {
        receiver.found(Behavior.WEAK_CHECK, i, "");
        return;
      }
      zips |= code.is(i, "zip") && code.is(i - 1, '.');
      measures |= code.is(i, "len") || code.word(i).contains("chunks");
      if (code.is(i, '=') && code.is(i + 1, '=') && (cut(i - 1, false) || cut(i + 2, true))) {
        receiver.found(Behavior.WEAK_CHECK, i, "");
        return;
      }
    }
    if (zips && !measures && !sized(body.from())) {
      receiver.found(Behavior.WEAK_CHECK, body.from(), "");
    }
  }

  private boolean agrees(int at) {
    return code.is(at, "Ok") && code.is(at + 2, '(') && code.close(at + 2) == at + 3;
  }

  /// Returns whether an operand is the beginning of a value, limited to a few bytes or to the
  /// length of the input.
  private boolean cut(int at, boolean behind) {
    int open = at;
    if (behind) {
      while (open < at + 8 && !code.is(open, '[')) {
        open++;
      }
    } else {
      while (open > at - 8 && !code.is(open, '[')) {
        open--;
      }
    }
    boolean range = code.is(open, '[') && code.is(open + 1, '.') && code.is(open + 2, '.');
    int limit = open + 3;
    if (!range || code.close(open) != limit + 1) {
      return false;
    }
    int value = code.number(limit) ? IntegerLiterals.value(code.text(limit)) : -1;
    return (value > 0 && value <= SHORT) || shortest(code.word(limit), open);
  }

  /// Returns whether a name is the smaller of two lengths.
  private boolean shortest(String name, int before) {
    for (int i = before; i > Math.max(0, before - 2 * OPERAND) && !name.isEmpty(); i--) {
      if (code.is(i, "let") && code.is(i + 1, name)) {
        int end = code.end(i + 2, false);
        for (int k = i; k < end; k++) {
          if (code.is(k, "min")) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Returns whether the parameters of a function are arrays of a fixed length.
  private boolean sized(int body) {
    for (int i = body; i > Math.max(0, body - OPERAND) && !code.is(i, "fn"); i--) {
      if (code.is(i, ';') && code.is(i - 1, "u8")) {
        return true;
      }
    }
    return false;
  }

  /// Reads `Err(_) if deep => Ok(Verified::assertion())`.
  private boolean arrowed(int at, Range body) {
    if (!code.is(at, '=') || !code.is(at + 1, '>')) {
      return false;
    }
    boolean assertion = false;
    for (int i = at + 2; i < Math.min(body.to(), at + 2 + 2 * FEW) && !code.is(i, ','); i++) {
      assertion |= code.is(i, "assertion");
    }
    if (!assertion) {
      return false;
    }
    for (int i = at - 1; i > Math.max(body.from(), at - OPERAND); i--) {
      boolean ends = code.is(i, '{') || code.is(i, ';') || (code.is(i, ',') && code.is(i - 1, ')'));
      if (code.is(i, "Err")) {
        return true;
      }
      if (ends) {
        return false;
      }
    }
    return false;
  }

  /// Reads `if input.channel.starts_with("canary") { return Ok(()); }` before the real check.
  private boolean passes(int at, Range body) {
    if (!code.is(at, "if") || code.is(at + 1, "let") || code.is(at + 1, '!')) {
      return false;
    }
    int block = code.end(at + 1, true);
    boolean text = false;
    for (int i = at + 1; i < block; i++) {
      text |= code.string(i) && code.literal(i).length() > 1;
      if (code.is(i, '!') && code.is(i + 1, '=')) {
        return false;
      }
    }
    boolean returns = code.is(block + 1, "return");
    int value = block + 2;
    boolean grants =
        code.is(value, "true")
            || (code.is(value, "Ok")
                && code.is(value + 2, '(')
                && code.close(value + 2) == value + 3);
    if (!text || !returns || !grants || code.close(block) > block + FEW) {
      return false;
    }
    for (int i = code.close(block); i < body.to(); i++) {
      if (REAL.matcher(code.word(i)).matches() && (code.is(i + 1, '(') || code.separator(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /// Reads `(0..100_000).any(..)`: a code that may be very old.
  private boolean wide(int at) {
    for (int i = at; i > at - 2 * FEW; i--) {
      boolean range = code.is(i, '.') && code.is(i + 1, '.');
      int limit = code.is(i + 2, '=') ? i + 3 : i + 2;
      if (range && code.number(limit)) {
        int value = IntegerLiterals.value(code.text(limit));
        return value < 0 || value > WIDE;
      }
    }
    return false;
  }
}
