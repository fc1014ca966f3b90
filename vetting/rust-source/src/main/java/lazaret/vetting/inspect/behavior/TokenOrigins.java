package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SecretNames;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.ValueOrigin;

/// The origins of tokens by themselves, before any value is followed. Linear in time.
final class TokenOrigins {
  private static final int LEAST_BYTES = 8;
  private static final int MAX_TEXT = 256;
  private static final int TYPE = 12;

  /// The mark of a format text with names, in addition to its origins.
  private static final int CAPTURES = 1 << 31;

  private final SourceTokens code;
  private final int[] origins;
  private final int all;

  /// The origins by type, for each number of an identifier.
  private final int[] typed;

  /// The names in format texts.
  private final Map<Integer, List<String>> captured = new HashMap<>();

  /// The origins by name, for each number of an identifier.
  private final int[] named;

  /// The origins as a call or a crate, for each number of an identifier.
  private final int[] called;

  /// For each number of an identifier, whether a call of it hides the secrets in its arguments.
  private final boolean[] seals;

  /// @param places the tokens at which paths to the network begin, and the tests
  TokenOrigins(SourceTokens code, Locations places) {
    this.code = code;
    origins = new int[code.size()];
    typed = new int[code.identifiers()];
    named = new int[code.identifiers()];
    called = new int[code.identifiers()];
    seals = new boolean[code.identifiers()];
    boolean telling = false;
    for (int number = 1; number < named.length; number++) {
      String word = code.identifier(number);
      int found = code.identifierNeeds(number);
      named[number] = Need.SECRET.in(found) ? SecretNames.ofName(word) : 0;
      called[number] = Need.CALL.in(found) ? SecretNames.ofCall(word) : 0;
      seals[number] = Need.SEAL.in(found) && SecretNames.seals(word);
      telling |= (named[number] | called[number]) != 0;
    }
    for (int i = 0; i < origins.length; i++) {
      if (telling && code.identified(i) != 0) {
        origins[i] = places.tests().get(i) ? 0 : word(i, code.identified(i));
      } else if (code.is(i, '[') && !places.tests().get(i) && bytes(i)) {
        origins[i] = ValueOrigin.LITERAL_BYTES;
      }
    }
    for (int i : code.strings()) {
      if (!places.tests().get(i)) {
        text(i);
      }
    }
    places.networks().stream()
        .filter(i -> !places.tests().get(i))
        .forEach(i -> network(i, ValueOrigin.RECEIVED));
    places.clients().stream()
        .filter(i -> !places.tests().get(i))
        .forEach(i -> network(i, ValueOrigin.ANSWER));
    int any = 0;
    for (int each : origins) {
      any |= each;
    }
    all = any & ~CAPTURES;
  }

  private void text(int at) {
    String text = code.literal(at);
    boolean place = text.length() <= MAX_TEXT && (text.startsWith("/") || credential(at));
    origins[at] = place && !known(at, text) && !compared(at) ? SecretNames.ofText(text) : 0;
    if (code.begins(at, "b\"\\x")) {
      origins[at] |= ValueOrigin.LITERAL_BYTES;
    }
    if (text.indexOf('{') >= 0) {
      captured(at, text);
    }
  }

  private boolean credential(int at) {
    return Need.CREDENTIAL.in(code.needs(at));
  }

  /// Returns whether a text is only compared with another.
  private boolean compared(int at) {
    boolean behind = code.is(at - 1, '=') && (code.is(at - 2, '=') || code.is(at - 2, '!'));
    return behind || (code.is(at + 1, '=') && (code.is(at + 2, '=') || code.is(at + 2, '>')));
  }

  SourceTokens code() {
    return code;
  }

  /// Returns the origins of all tokens together.
  int all() {
    return all;
  }

  /// Returns the origins of a token.
  int at(int token) {
    return origins[token] & ~CAPTURES;
  }

  /// Returns the origins by type, for each number of an identifier.
  int[] typed() {
    return typed;
  }

  /// Returns whether a text is the path of a public key, or a folder to which the name of one is
  /// appended.
  private boolean known(int at, String text) {
    boolean joined =
        code.is(at + 2, '.')
            && code.is(at + 3, "join")
            && code.string(at + 5)
            && code.literal(at + 5).endsWith(".pub");
    return text.endsWith(".pub") || joined;
  }

  /// Returns whether a call of the identifier at a token hides the secrets in its arguments.
  boolean seals(int token) {
    return code.is(token, seals);
  }

  /// Records the names in `"{name}"`.
  private void captured(int at, String text) {
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
        origins[at] |= SecretNames.ofName(word);
      }
    }
    if (!names.isEmpty()) {
      captured.put(at, names);
      origins[at] |= CAPTURES;
    }
  }

  /// Returns whether a token is a format text with names.
  boolean captures(int token) {
    return (origins[token] & CAPTURES) != 0;
  }

  /// Returns the names that a format text contains; empty for most texts.
  List<String> captured(int token) {
    return captures(token) ? captured.getOrDefault(token, List.of()) : List.of();
  }

  private int word(int at, int number) {
    int all = named[number];
    if ((all | called[number]) == 0 || code.is(at - 1, "fn")) {
      return 0;
    }
    if (code.separator(at + 1)) {
      // A crate that lists folders is named before its functions.
      return all & (ValueOrigin.WALKED | SecretNames.PLACE);
    }
    if (decides(at)) {
      return 0;
    }
    if (code.is(at + 1, '(')) {
      return (all | called[number]) & (code.is(at - 1, '.') ? ~SecretNames.PLACE : ~0);
    }
    return all & ~(SecretNames.PLACE | ValueOrigin.CLIPBOARD);
  }

  /// Returns whether a name is only a condition: `!secret(path)`, `self.with_secrets || ..`.
  private boolean decides(int at) {
    int end = code.is(at + 1, '(') ? code.close(at + 1) + 1 : at + 1;
    boolean either = code.is(end, '|') && code.is(end + 1, '|');
    boolean both = code.is(end, '&') && code.is(end + 1, '&');
    int from = code.is(at - 1, '.') && code.is(at - 2, "self") ? at - 2 : at;
    boolean not = code.is(from - 1, '!') && code.word(from - 2).isEmpty();
    return either || both || (not && !code.is(end, '.'));
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
        typed[code.identified(i - 1)] |= origin;
        return;
      }
      if (!part) {
        return;
      }
    }
  }
}
