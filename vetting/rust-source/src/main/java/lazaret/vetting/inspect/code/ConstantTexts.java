package lazaret.vetting.inspect.code;

import java.util.List;
import java.util.Set;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import org.jspecify.annotations.Nullable;

/// The texts that expressions make, as far as they are constant. Bounded, not thread-safe.
public final class ConstantTexts {
  /// The mark of an unknown part.
  public static final char UNKNOWN = '\u0001';

  /// The mark between elements of an array or arguments, where a separator may be inserted.
  public static final char BETWEEN = '\u0002';

  private static final int MAX = 2_048;
  private static final int MAX_NAMED = 256;
  private static final int MAX_NAMES = 4_096;
  private static final int MAX_DEPTH = 12;
  private static final int MIN_BYTES = 3;
  private static final Set<String> FORMATS =
      Set.of(
          "format",
          "println",
          "print",
          "eprintln",
          "eprint",
          "write",
          "writeln",
          "format_args",
          "quote",
          "cargo_emit");

  /// Methods whose arguments are not part of their result.
  private static final WordSet ASKS =
      WordSet.of(
          "replace",
          "replacen",
          "expect",
          "contains",
          "starts_with",
          "ends_with",
          "find",
          "rfind",
          "split",
          "splitn",
          "rsplit",
          "split_once",
          "strip_prefix",
          "strip_suffix",
          "trim_matches",
          "trim_start_matches",
          "trim_end_matches",
          "position",
          "filter",
          "env",
          "env_remove");

  private static final WordSet PATHS = WordSet.of("join", "push");
  private static final WordSet VARIABLES = WordSet.of("var", "var_os");

  private final SourceTokens code;

  /// The text of each identifier, by its number; null if none is known.
  private final @Nullable String[] known;

  private final boolean[] asks;
  private final boolean[] paths;
  private final boolean[] variables;
  private int names;

  public ConstantTexts(SourceTokens code) {
    this.code = code;
    known = new String[code.identifiers()];
    asks = code.named(ASKS);
    paths = code.named(PATHS);
    variables = code.named(VARIABLES);
  }

  /// Sets the text of a name; a second text makes it a choice. Returns whether the text is new.
  ///
  /// @param name the number of an identifier
  public boolean name(int name, String text) {
    String before = known[name];
    if (name == 0 || text.isEmpty() || names >= MAX_NAMES || text.equals(before)) {
      return false;
    }
    if (before != null && (before.length() + text.length() > MAX_NAMED || before.contains(text))) {
      return false;
    }
    String all = before == null ? text : before + BETWEEN + text;
    names += before == null ? 1 : 0;
    known[name] = all.substring(0, Math.min(all.length(), MAX_NAMED));
    return before == null || before.length() < MAX_NAMED;
  }

  /// Appends to the text of a name.
  ///
  /// @param name the number of an identifier
  private void append(int name, String text) {
    String before = known[name];
    int length = before == null ? 0 : before.length();
    if (!text.isEmpty() && length + text.length() < MAX_NAMED && names < MAX_NAMES) {
      names += before == null ? 1 : 0;
      known[name] = before == null ? text : before + text;
    }
  }

  /// Reads `text.push_str(..)` and `text += ..`.
  public void appended(int at) {
    String method = code.word(at + 2);
    int name = code.identified(at);
    if (name != 0 && code.is(at + 1, '.') && code.is(at + 3, '(')) {
      if (method.equals("push_str") || method.equals("push")) {
        String text = of(at + 4, code.close(at + 3));
        boolean path = method.equals("push") && code.string(at + 4);
        append(name, path ? "/" + text : text);
      }
    } else if (code.is(at + 1, '+') && code.is(at + 2, '=') && name != 0) {
      append(name, of(at + 3, code.end(at + 3, false)));
    }
  }

  /// Returns the text of a range of tokens.
  public String of(Range range) {
    return of(range.from(), range.to());
  }

  /// Returns the text of a range of tokens.
  public String of(int from, int to) {
    var out = new StringBuilder();
    build(from, to, out, 0);
    return out.toString();
  }

  private void build(int from, int to, StringBuilder out, int depth) {
    int at = from;
    while (at < to && out.length() < MAX && code.spend(1)) {
      at = token(at, to, out, depth);
    }
  }

  private int token(int at, int to, StringBuilder out, int depth) {
    if (code.string(at) || code.character(at)) {
      out.append(code.literal(at));
      return at + 1;
    }
    if (code.is(at, ',')) {
      out.append(BETWEEN);
      return at + 1;
    }
    if (code.is(at, '[') && bytes(code, at, out)) {
      return code.close(at) + 1;
    }
    int name = code.identified(at);
    if (name == 0) {
      return at + 1;
    }
    if (code.is(at - 1, '.')) {
      if (paths[name] && code.is(at + 1, '(') && !code.is(at - 2, ']')) {
        boolean path = code.is(at, "join") || code.string(at + 2);
        out.append(path ? "/" : "");
      }
      return asks[name] && code.is(at + 1, '(') ? code.close(at + 1) + 1 : at + 1;
    }
    if (code.macro(at) && depth < MAX_DEPTH && code.close(at + 2) <= to) {
      return invoked(at, out, depth);
    }
    if (variables[name] && code.is(at + 1, '(')) {
      out.append(UNKNOWN);
      return Math.max(at + 1, code.close(at + 1) + 1);
    }
    String text = known[name];
    if (text != null) {
      out.append(text, 0, Math.min(text.length(), Math.max(0, MAX - out.length())));
    } else if (unknown(at, out)) {
      out.append(UNKNOWN);
    }
    return at + 1;
  }

  private boolean unknown(int at, StringBuilder out) {
    boolean value = !code.separator(at - 1) && !code.separator(at + 1) && !code.is(at + 1, '!');
    return value && (out.isEmpty() || out.charAt(out.length() - 1) != UNKNOWN);
  }

  /// Reads an array of small numbers as the text of their bytes.
  static boolean bytes(SourceTokens code, int open, StringBuilder out) {
    if (!code.number(open + 1) && !code.is(open + 1, ',')) {
      return false;
    }
    var text = new StringBuilder();
    int end = code.close(open);
    for (int i = open + 1; i < end; i++) {
      if (code.is(i, ',')) {
        continue;
      }
      int value = code.number(i) ? IntegerLiterals.value(code.text(i)) : -1;
      if (value < ' ' || value > '~' || text.length() > MAX / 2) {
        return false;
      }
      text.append((char) value);
    }
    if (text.length() < MIN_BYTES) {
      return false;
    }
    out.append(text);
    return true;
  }

  private int invoked(int at, StringBuilder out, int depth) {
    int end = code.close(at + 2);
    List<Range> arguments = code.arguments(at + 2);
    if (code.is(at, "env") || code.is(at, "option_env")) {
      out.append(UNKNOWN);
    } else if (code.is(at, "concat")) {
      arguments.forEach(each -> build(each.from(), each.to(), out, depth + 1));
    } else if (FORMATS.contains(code.word(at))) {
      boolean toWriter = code.is(at, "write") || code.is(at, "writeln");
      format(
          toWriter && !arguments.isEmpty() ? arguments.subList(1, arguments.size()) : arguments,
          out,
          depth);
    } else {
      build(at + 3, end, out, depth + 1);
    }
    return end + 1;
  }

  private void format(List<Range> arguments, StringBuilder out, int depth) {
    if (arguments.isEmpty()) {
      return;
    }
    var pattern = new StringBuilder();
    build(arguments.getFirst().from(), arguments.getFirst().to(), pattern, depth + 1);
    int next = 1;
    int i = 0;
    while (i < pattern.length() && out.length() < MAX) {
      char c = pattern.charAt(i);
      int end = c == '{' ? pattern.indexOf("}", i) : -1;
      if (c == '{' && i + 1 < pattern.length() && pattern.charAt(i + 1) == '{') {
        out.append('{');
        i += 2;
      } else if (end > 0) {
        String name = pattern.substring(i + 1, end).split(":", 2)[0].strip();
        boolean number = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        if (name.isEmpty() || number) {
          int which = number ? Math.min(99, IntegerLiterals.value(name)) + 1 : next++;
          argument(which < arguments.size() ? arguments.get(which) : null, out, depth);
        } else {
          named(name, arguments, out, depth);
        }
        i = end + 1;
      } else {
        out.append(c);
        i++;
      }
    }
  }

  private void argument(@Nullable Range range, StringBuilder out, int depth) {
    int before = out.length();
    if (range != null) {
      build(range.from(), range.to(), out, depth + 1);
    }
    if (out.length() == before) {
      out.append(UNKNOWN);
    }
  }

  private void named(String name, List<Range> arguments, StringBuilder out, int depth) {
    for (Range each : arguments) {
      if (code.is(each.from(), name) && code.is(each.from() + 1, '=')) {
        argument(new Range(each.from() + 2, each.to()), out, depth);
        return;
      }
    }
    String text = known[code.find(name)];
    out.append(text == null ? String.valueOf(UNKNOWN) : text);
  }

  /// A reading of a text, by the separator that it inserts.
  public enum Reading {
    JOINED((char) 0),
    PATH('/'),
    WORDS(' ');

    private final char between;

    Reading(char between) {
      this.between = between;
    }

    /// Returns the character that replaces [#BETWEEN]; 0 for none.
    public char between() {
      return between;
    }

    /// Returns this reading of a text.
    public String of(String text) {
      return between == 0
          ? text.replace(String.valueOf(BETWEEN), "")
          : text.replace(BETWEEN, between);
    }
  }

  /// Returns the readings of a text: with no separator, with a slash and with a space.
  public static List<String> readings(String text) {
    return text.indexOf(BETWEEN) < 0
        ? List.of(text)
        : List.of(Reading.JOINED.of(text), Reading.PATH.of(text), Reading.WORDS.of(text));
  }

  /// Returns a text for people, with dots for unknown parts.
  public static String shown(String text) {
    return text.replace(String.valueOf(UNKNOWN), "..").replace(BETWEEN, ' ');
  }
}
