package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.IntegerLiterals;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.WordSet;

/// Macros that emit code into the crates of their users.
final class MacroRules {
  private static final WordSet MACRO = WordSet.of("macro_rules");
  private static final WordSet IDENTIFIERS = WordSet.of("Ident", "format_ident");
  private static final Set<String> TYPES =
      Set.of("Command", "TcpStream", "UdpSocket", "UnixStream");
  private static final int ATTRIBUTES = 32;

  /// The maximum distance in tokens between a digest and the number that it is compared with.
  private static final int DIGEST_DISTANCE = 64;

  private static final long MAX_PLAIN = 1L << 24;
  private static final Set<String> HASHES =
      Set.of(
          "fold",
          "wrapping_mul",
          "wrapping_add",
          "rotate_left",
          "rotate_right",
          "finish",
          "hash",
          "digest",
          "finalize",
          "crc32",
          "fnv",
          "sum");

  private final SourceTokens code;
  private final Receiver receiver;

  MacroRules(SourceTokens code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  void find(Locations places) {
    int passed = -1;
    for (int i : code.at(MACRO)) {
      if (i > passed && code.is(i + 1, '!') && exported(i)) {
        int open = i + 3;
        int end = code.close(open);
        for (BitSet what : List.of(places.commands(), places.networks(), places.writes())) {
          int first = what.nextSetBit(open);
          if (first >= 0 && first < end) {
            receiver.found(Behavior.EMITTED_CODE, first, "");
          }
        }
        passed = end;
      }
    }
    backdoors();
    names();
  }

  /// Finds texts that are names for starting programs or reaching the network, and from which
  /// tokens are made one by one.
  private void names() {
    if (!code.has(IDENTIFIERS)) {
      return;
    }
    int type = -1;
    boolean module = false;
    for (int i : code.strings()) {
      String text = code.literal(i);
      type = TYPES.contains(text) ? i : type;
      module |= text.equals("process") || text.equals("net");
    }
    if (module && type >= 0) {
      receiver.found(Behavior.PARSED_DATA, type, "");
    }
  }

  /// Finds emitted code that compares a digest with a number: a backdoor for those who know the
  /// text.
  private void backdoors() {
    for (int i : code.numbers()) {
      boolean compared = code.is(i - 1, '=') && code.is(i - 2, '=');
      if (!compared || !wide(i) || !code.quoted(i)) {
        continue;
      }
      for (int k = i - 3; k > Math.max(0, i - DIGEST_DISTANCE) && code.quoted(k); k--) {
        if (HASHES.contains(code.word(k))) {
          receiver.found(Behavior.WEAK_CHECK, i, "");
          return;
        }
      }
    }
  }

  private boolean wide(int at) {
    int value = IntegerLiterals.value(code.text(at));
    return value < 0 || value > MAX_PLAIN;
  }

  private boolean exported(int at) {
    for (int i = at - 1; i > Math.max(0, at - ATTRIBUTES); i--) {
      if (code.is(i, "macro_export")) {
        return true;
      }
      if (code.is(i, '}') || code.is(i, ';')) {
        return false;
      }
    }
    return false;
  }
}
