package lazaret.vetting.inspect.behavior;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The two ends of the channels of a source, by their names. Bounded.
final class Channels {
  private static final int MOST = 256;
  private static final int VALUE = 24;

  /// Methods that hand their argument to the other end.
  static final Set<String> HANDS =
      Set.of("send", "try_send", "blocking_send", "unbounded_send", "send_blocking", "send_async");

  private static final Set<String> MAKES =
      Set.of(
          "channel",
          "sync_channel",
          "unbounded_channel",
          "unbounded",
          "bounded",
          "broadcast",
          "duplex");

  private final Code code;
  private final Map<String, String> ends = new HashMap<>();

  Channels(Code code) {
    this.code = code;
  }

  /// Reads `let (tx, rx) = channel();` and `let more = tx.clone();`.
  void bound(int from, int equals) {
    if (ends.size() >= MOST) {
      return;
    }
    if (code.is(from, '(') && code.is(from + 2, ',') && code.close(from) == from + 4) {
      for (int i = equals; i < Math.min(code.size(), equals + VALUE) && !code.is(i, ';'); i++) {
        if (MAKES.contains(code.word(i))) {
          ends.put(code.word(from + 1), code.word(from + 3));
        }
      }
    } else if (ends.containsKey(code.word(equals + 1)) && code.is(equals + 3, "clone")) {
      ends.putIfAbsent(code.word(from), ends.get(code.word(equals + 1)));
    }
  }

  /// Returns the name at which comes out what a method of another is given; empty for none.
  String other(String name, String method) {
    return HANDS.contains(method) ? ends.getOrDefault(name, "") : "";
  }
}
