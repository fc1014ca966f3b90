package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.List;
import lazaret.vetting.inspect.behavior.BehaviorScan.Places;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;

/// Macros that put code into the crates of their users.
final class MacroRules {
  private static final int ATTRIBUTES = 32;

  private final Code code;
  private final Receiver receiver;

  MacroRules(Code code, Receiver receiver) {
    this.code = code;
    this.receiver = receiver;
  }

  void find(Places places) {
    for (int i = 0; i < code.size(); i++) {
      if (code.is(i, "macro_rules") && code.is(i + 1, '!') && exported(i)) {
        int open = i + 3;
        int end = code.close(open);
        for (BitSet what : List.of(places.commands(), places.networks(), places.writes())) {
          int first = what.nextSetBit(open);
          if (first >= 0 && first < end) {
            receiver.found(Behavior.EMITTED_CODE, first, "");
          }
        }
        i = Math.max(i, end);
      }
    }
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
