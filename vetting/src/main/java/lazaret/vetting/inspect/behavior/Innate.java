package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.inspect.behavior.BehaviorScan.Places;

/// Origins that tokens have by what they are, before any value is followed. Linear in time.
final class Innate {
  private static final int LEAST_BYTES = 8;
  private static final int MAX_TEXT = 256;
  private static final int TYPE = 12;

  private final Code code;
  private final int[] origins;
  private final Map<String, Integer> typed = new HashMap<>();
  private final Map<Integer, List<String>> captured = new HashMap<>();

  /// @param places tokens at which paths begin that name what reaches the network, and tests
  Innate(Code code, Places places) {
    this.code = code;
    origins = new int[code.size()];
    Map<String, Integer> known = new HashMap<>();
    for (int i = 0; i < origins.length; i++) {
      String word = code.word(i);
      if (places.tests().get(i)) {
        continue;
      }
      if (!word.isEmpty()) {
        origins[i] = word(i, word, known);
      } else if (code.string(i)) {
        String text = code.literal(i);
        origins[i] =
            text.length() <= MAX_TEXT && !known(i, text) && !compared(i) ? Secrets.ofText(text) : 0;
        if (code.text(i).startsWith("b\"\\x")) {
          origins[i] |= Origin.LITERAL_BYTES;
        }
        if (text.indexOf('{') >= 0) {
          captured(i, text, known);
        }
      } else if (code.is(i, '[') && bytes(i)) {
        origins[i] = Origin.LITERAL_BYTES;
      }
    }
    places.networks().stream()
        .filter(i -> !places.tests().get(i))
        .forEach(i -> network(i, Origin.RECEIVED));
    places.clients().stream()
        .filter(i -> !places.tests().get(i))
        .forEach(i -> network(i, Origin.ANSWER));
  }

  /// Returns whether a text is only compared with another.
  private boolean compared(int at) {
    boolean behind = code.is(at - 1, '=') && (code.is(at - 2, '=') || code.is(at - 2, '!'));
    return behind || (code.is(at + 1, '=') && (code.is(at + 2, '=') || code.is(at + 2, '>')));
  }

  /// Returns whether a token has one of some origins.
  boolean any(int wanted) {
    for (int each : origins) {
      if ((each & wanted) != 0) {
        return true;
      }
    }
    return false;
  }

  /// Returns the origins of a token.
  int at(int token) {
    return origins[token];
  }

  /// Returns the origins of names by their types.
  Map<String, Integer> typed() {
    return typed;
  }

  /// Returns whether a text is the path of a public key, or a folder to which the name of one is
  /// joined.
  private boolean known(int at, String text) {
    boolean joined =
        code.is(at + 2, '.')
            && code.is(at + 3, "join")
            && code.string(at + 5)
            && code.literal(at + 5).endsWith(".pub");
    return text.endsWith(".pub") || joined;
  }

  /// Notes the names in `"{name}"`.
  private void captured(int at, String text, Map<String, Integer> known) {
    List<String> names = new ArrayList<>();
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      int end = open + 1;
      while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
        end++;
      }
      boolean name = end < text.length() && (text.charAt(end) == '}' || text.charAt(end) == ':');
      if (name && end > open + 1) {
        String word = text.substring(open + 1, end);
        names.add(word);
        origins[at] |= known.computeIfAbsent(word, Secrets::ofName);
      }
    }
    if (!names.isEmpty()) {
      captured.put(at, names);
    }
  }

  /// Returns the names that a text takes in; empty for most.
  List<String> captured(int token) {
    return captured.getOrDefault(token, List.of());
  }

  private int word(int at, String word, Map<String, Integer> known) {
    if (code.separator(at + 1) || code.is(at - 1, "fn")) {
      return code.is(at - 1, "fn") ? 0 : walks(word);
    }
    int all = known.computeIfAbsent(word, Secrets::ofName);
    if (code.is(at + 1, '(')) {
      return (all | Secrets.ofCall(word)) & (code.is(at - 1, '.') ? ~Secrets.PLACE : ~0);
    }
    return all & ~(Secrets.PLACE | Origin.CLIPBOARD);
  }

  /// A crate that lists folders is named before its functions.
  private static int walks(String word) {
    return Secrets.ofName(word) & (Origin.WALKED | Secrets.PLACE);
  }

  private boolean bytes(int open) {
    int count = 0;
    for (int i = open + 1; i < code.close(open) && count < LEAST_BYTES; i++) {
      if (code.number(i)) {
        count++;
      } else if (!code.is(i, ',')) {
        return false;
      }
    }
    return count >= LEAST_BYTES;
  }

  /// Reads `client: &Client` and `http: Option<reqwest::Client>` as well as expressions.
  private void network(int token, int origin) {
    origins[token] |= origin;
    for (int i = token - 1; i > Math.max(0, token - TYPE); i--) {
      boolean part =
          code.is(i, '&')
              || code.is(i, '<')
              || code.separator(i)
              || !code.word(i).isEmpty()
              || code.text(i).startsWith("'");
      if (code.is(i, ':') && !code.word(i - 1).isEmpty()) {
        typed.merge(code.word(i - 1), origin, (a, b) -> a | b);
        return;
      }
      if (!part) {
        return;
      }
    }
  }
}
