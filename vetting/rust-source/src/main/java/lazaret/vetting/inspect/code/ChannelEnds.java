package lazaret.vetting.inspect.code;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The two ends of the channels of a source, by their names. Bounded.
public final class ChannelEnds {
  private static final int MOST = 256;
  private static final int VALUE = 24;

  /// Methods that pass their argument to the other end.
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

  private final SourceTokens code;

  /// The number of the other end, by the number of an identifier.
  private final Map<Integer, Integer> ends = new HashMap<>();

  public ChannelEnds(SourceTokens code) {
    this.code = code;
  }

  /// Reads `let (tx, rx) = channel();` and `let more = tx.clone();`.
  public void bound(int from, int equals) {
    if (ends.size() >= MOST) {
      return;
    }
    if (code.is(from, '(') && code.is(from + 2, ',') && code.close(from) == from + 4) {
      for (int i = equals; i < Math.min(code.size(), equals + VALUE) && !code.is(i, ';'); i++) {
        if (MAKES.contains(code.word(i))) {
          ends.put(code.identified(from + 1), code.identified(from + 3));
        }
      }
    } else if (ends.containsKey(code.identified(equals + 1)) && code.is(equals + 3, "clone")) {
      ends.putIfAbsent(code.identified(from), ends.get(code.identified(equals + 1)));
    }
  }

  /// Returns the name that receives the argument of a method of another name, or 0 if there is
  /// none.
  ///
  /// @param name the number of an identifier
  public int other(int name, String method) {
    return !ends.isEmpty() && HANDS.contains(method) ? ends.getOrDefault(name, 0) : 0;
  }
}
