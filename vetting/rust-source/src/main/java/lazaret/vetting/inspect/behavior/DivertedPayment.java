package lazaret.vetting.inspect.behavior;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.SourceTokens;

/// A payment to a fixed address in addition to one to another recipient, made only if the amount
/// exceeds a bound. Tests with small amounts do not reach it.
final class DivertedPayment {
  /// The beginning of the note.
  static final String NOTE = "a second payment, above an amount: ";

  private static final Pattern PAYS =
      Pattern.compile(
          "(?i)(?:\\w*_)?(?:transfer|pay|payout|send|withdraw|payment|tx_?out|output)(?:_\\w*|s|out)?");
  private static final int MAX_NAMES = 64;
  private static final int ROUNDS = 3;
  private static final int STATEMENT = 128;

  private final SourceTokens code;
  private final Receiver receiver;

  DivertedPayment(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  /// Finds such a payment, reports it, and returns whether there is one.
  ///
  /// @param address the position of the fixed address
  boolean find(int address, FunctionBodies bodies) {
    Set<String> names = names(address, bodies);
    for (FunctionBodies.Body body : bodies.all()) {
      int fixed = -1;
      int other = -1;
      for (int i = body.open(); i < body.close(); i++) {
        boolean opens = code.is(i + 1, '(') || code.is(i + 1, '{');
        if (opens && !code.is(i - 1, "fn") && PAYS.matcher(code.word(i)).matches()) {
          boolean own = holds(i + 1, code.close(i + 1), address, names);
          boolean nested = own && fixed >= 0 && i < code.close(fixed + 1);
          fixed = own && !nested && bounded(i, body) ? i : fixed;
          other = own ? other : i;
        }
      }
      if (fixed >= 0 && other >= 0) {
        receiver.found(Behavior.FIXED_RECIPIENT, fixed, NOTE + code.word(fixed));
        return true;
      }
    }
    return false;
  }

  /// Returns the names of an address: of its constant, of values made of it, and of functions that
  /// return it.
  private Set<String> names(int address, FunctionBodies bodies) {
    Set<String> names = new HashSet<>();
    for (int round = 0; round < ROUNDS && names.size() < MAX_NAMES; round++) {
      for (int i = 0; i < code.size(); i++) {
        boolean binds = code.is(i, "const") || code.is(i, "static") || code.is(i, "let");
        int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
        int end = binds ? Math.min(code.end(name, false), name + STATEMENT) : 0;
        if (binds && holds(name + 1, end, address, names)) {
          names.add(code.word(name));
        }
      }
      for (FunctionBodies.Body body : bodies.all()) {
        if (body.close() - body.open() < STATEMENT / 4
            && holds(body.open(), body.close(), address, names)) {
          names.add(body.name());
        }
      }
    }
    names.remove("");
    return names;
  }

  private boolean holds(int from, int to, int address, Set<String> names) {
    if (address >= from && address < to) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (names.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a token is in the block of `if amount > LIMIT`.
  private boolean bounded(int at, FunctionBodies.Body body) {
    for (int i = body.open(); i < at; i++) {
      int block = code.is(i, "if") ? code.end(i + 1, true) : -1;
      if (block > i && block < at && code.close(block) > at) {
        for (int k = i; k < block; k++) {
          boolean compares = code.is(k, '>') || code.is(k, '<');
          int value = code.is(k + 1, '=') ? k + 2 : k + 1;
          boolean nothing = code.number(value) && code.text(value).startsWith("0");
          if (compares && !nothing && !code.is(k - 1, '-') && !code.is(k - 1, '=')) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
