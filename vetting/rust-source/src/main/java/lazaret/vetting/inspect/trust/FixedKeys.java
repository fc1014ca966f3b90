package lazaret.vetting.inspect.trust;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;

/// A search for fixed keys in the sources of a crate whose functions accept keys of the same type
/// from their callers. Bounded, not thread-safe.
final class FixedKeys {
  private static final int MAX = 64;
  private static final int MAX_HEAD = 48;
  private static final int LEAST_BYTES = 16;
  private static final List<String> TYPE_ENDS =
      List.of("Key", "Certificate", "Identity", "Recipient", "XPub", "Xpub");
  private static final Pattern TYPE =
      Pattern.compile("\\w*(?:" + String.join("|", TYPE_ENDS) + ")");
  private static final Pattern READS =
      Pattern.compile("from_\\w+|parse\\w*|try_from|new|decode\\w*|from|import\\w*");
  private static final Pattern TEXT =
      Pattern.compile(
          "(?:0x)?[0-9a-fA-F]{40,}|[A-Za-z0-9+/_-]{43,}={0,2}|-----BEGIN [\\s\\S]*|age1[a-z0-9]{50,}|xpub\\w{60,}|ssh-\\w+ \\S+");

  private final Map<String, String> constants = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Use> uses = new ArrayList<>();

  private record Use(String path, int line, String type, String constant) {}

  /// Adds a source.
  void add(String path, RustTokens tokens, IntPredicate test) {
    var view = new TokenView(tokens);
    for (int i = 0; i < tokens.size(); i++) {
      if (!tokens.is(i, TokenKind.IDENTIFIER)) {
        continue;
      }
      if (view.keyword(i, "const") || view.keyword(i, "static")) {
        if (!test.test(tokens.start(i)) && constants.size() < MAX) {
          constant(view, i + 1);
        }
      } else if (Character.isUpperCase(tokens.source()[tokens.start(i)])
          && keyType(tokens, i)
          && !test.test(tokens.start(i))) {
        type(path, view, i);
      } else if (replaces(view, i) && !test.test(tokens.start(i)) && uses.size() < MAX) {
        uses.add(new Use(path, tokens.line(i), "", tokens.text(i)));
      }
    }
  }

  /// Returns whether an identifier is the type of a key. The pattern runs on few of them.
  private static boolean keyType(RustTokens tokens, int at) {
    for (String end : TYPE_ENDS) {
      if (tokens.endsWith(at, end)) {
        return TYPE.matcher(tokens.name(at)).matches();
      }
    }
    return false;
  }

  private void constant(TokenView view, int name) {
    int at = name;
    while (at < name + 16 && !view.is(at, '=') && at < view.tokens().size()) {
      at++;
    }
    for (int i = at + 1; i < Math.min(at + 4, view.tokens().size()); i++) {
      if (key(view, i) && !view.word(name).isEmpty()) {
        constants.put(view.word(name), "");
        return;
      }
    }
  }

  private static boolean key(TokenView view, int at) {
    if (view.string(at)) {
      String text = view.tokens().text(at).replaceAll("^[a-z#]*\"|\"#*$", "");
      return TEXT.matcher(text).matches() && text.chars().distinct().count() < text.length() - 2;
    }
    if (!view.is(at, '[')) {
      return false;
    }
    int end = view.close(at);
    Set<String> values = new HashSet<>();
    int count = 0;
    for (int i = at + 1; i < Math.min(end, at + 4 * LEAST_BYTES); i++) {
      if (view.tokens().is(i, TokenKind.NUMBER)) {
        count++;
        values.add(view.tokens().text(i));
      }
    }
    return count >= LEAST_BYTES && values.size() > LEAST_BYTES / 2;
  }

  /// Returns whether a constant replaces a value that the caller did not give: `unwrap_or(X)`,
  /// `or(Some(X))`, `push(X)`.
  private static boolean replaces(TokenView view, int at) {
    if (!view.is(at + 1, ')')
        || !Character.isUpperCase(view.tokens().source()[view.tokens().start(at)])) {
      return false;
    }
    int open = view.is(at - 1, '&') ? at - 2 : at - 1;
    boolean some = view.is(open, '(') && view.keyword(open - 1, "Some");
    int call = some ? open - 2 : open;
    String name = view.is(call, '(') ? view.word(call - 1) : "";
    return name.equals("unwrap_or") || name.equals("push") || (some && name.equals("or"));
  }

  private void type(String path, TokenView view, int at) {
    String type = view.word(at);
    int before = at - 1;
    while (view.is(before, '&')
        || view.is(before, '<')
        || view.is(before, '[')
        || !view.word(before).isEmpty()) {
      if (view.keyword(before, "fn") || at - before > 6) {
        break;
      }
      before--;
    }
    boolean parameter = view.is(before, ':') && !view.word(before - 1).isEmpty();
    if (parameter && taken.size() < MAX && ofUsers(view, before)) {
      taken.add(type);
    }
    boolean method =
        at + 4 < view.tokens().size() && view.tokens().is(at + 1, TokenKind.PATH_SEPARATOR);
    if (method && READS.matcher(view.word(at + 2)).matches() && view.is(at + 3, '(')) {
      int argument = view.is(at + 4, '&') ? at + 5 : at + 4;
      String name = view.word(argument);
      boolean literal = name.isEmpty() && key(view, argument);
      boolean constant = !name.isEmpty() && name.equals(name.toUpperCase(Locale.ROOT));
      if ((literal || constant) && uses.size() < MAX) {
        uses.add(new Use(path, view.tokens().line(at), type, literal ? "" : name));
      }
    }
  }

  /// Returns whether the parameter before a colon belongs to a public function.
  private static boolean ofUsers(TokenView view, int colon) {
    for (int i = colon; i > Math.max(0, colon - MAX_HEAD); i--) {
      if (view.keyword(i, "fn")) {
        return view.keyword(i - 1, "pub")
            || (view.keyword(i - 2, "pub") && !view.word(i - 1).isEmpty());
      }
    }
    return false;
  }

  /// Returns the findings.
  List<TrustFinding> find() {
    List<TrustFinding> found = new ArrayList<>();
    for (Use use : uses) {
      boolean own = use.constant().isEmpty() || constants.containsKey(use.constant());
      if (own && use.type().isEmpty()) {
        String says =
            "a constant in the form of a key where the caller gave none: " + use.constant();
        found.add(new TrustFinding(use.path(), use.line(), says));
      } else if (own && taken.contains(use.type())) {
        found.add(
            new TrustFinding(
                use.path(),
                use.line(),
                "a %s in the source, in addition to those of callers".formatted(use.type())));
      }
    }
    return found;
  }
}
