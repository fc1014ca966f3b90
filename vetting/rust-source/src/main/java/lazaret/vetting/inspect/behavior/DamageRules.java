package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// Files that a source destroys everywhere, and services that it installs for its caller.
final class DamageRules {
  private static final WordSet ASKS = WordSet.of("extension", "starts_with", "ends_with");
  private static final WordSet REMOVES = WordSet.of("remove_file", "remove_dir_all", "unlink");
  private static final WordSet OVERWRITES =
      WordSet.of("write", "create", "truncate", "set_len", "copy");
  private static final WordSet DESTROYS = OVERWRITES.and(REMOVES);
  private static final WordSet OWN_PROGRAM = WordSet.of("include_bytes", "current_exe");
  private static final Pattern READS_BOARD =
      Pattern.compile(
          "(?i)^(?:pbpaste|wl-paste|-o|-out|--output|-b)$|Get-Clipboard|xclip -o|xsel -b -o");
  private static final Pattern WRITES_BOARD =
      Pattern.compile("(?i)^(?:pbcopy|wl-copy|clip|clip\\.exe|xclip|xsel)$|Set-Clipboard");
  private static final Set<String> FOLDERS =
      Set.of(
          "new", "from", "read_dir", "join", "push", "glob", "walk", "home_dir", "var", "var_os");
  private static final Pattern WALLETS =
      Pattern.compile(
          "^(?:0x|bc1q?|ltc1|addr1|cosmos1|T|1|3|4)$|0x\\[|A-HJ-NP-Z|A-Fa-f0-9\\]\\{40|\\{40\\}|wallet|include_str");
  private static final WordSet LOOKS =
      WordSet.of(
          "starts_with",
          "is_match",
          "len",
          "contains",
          "Regex",
          "find",
          "matches",
          "captures",
          "replace");
  private static final Pattern ROOT =
      Pattern.compile("^(?:/|/home/?|/Users/?|/var/?|/srv/?|/mnt/?|/etc/?|[A-Z]:[\\\\/]+.*)$");
  private static final Pattern FIXED_UNIT =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]*\\.(?:service|plist|desktop|timer)$");
  private static final List<String> UNITS = List.of(".service", ".plist", ".desktop", ".timer");
  private static final Pattern SCHEDULE =
      Pattern.compile(
          "^@(?:reboot|hourly|daily|weekly|monthly)|[*0-9]/?[0-9]* \\*|\\* \\* \\*|/etc/cron");
  private static final int LEAST_ADDRESS = 26;
  private static final int MAX_ROOT = 64;
  private static final Pattern UNIT = Pattern.compile("\u0001\\.(?:service|plist|desktop)$");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  DamageRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    int get = board(READS_BOARD, places);
    int put = get < 0 ? -1 : board(WRITES_BOARD, places);
    if (put >= 0 && (code.has(LOOKS) || wallet()) && together(get, put, places)) {
      receiver.found(Behavior.CLIPBOARD_SWAP, put, "");
    }
    if (values.may(ValueOrigin.HOME | ValueOrigin.WALKED) && code.has(DESTROYS)) {
      destroyed(roots(), places);
    }
    service(places);
  }

  private boolean wallet() {
    return Arrays.stream(code.strings())
        .mapToObj(code::literal)
        .anyMatch(
            text ->
                text.length() >= LEAST_ADDRESS && ConstantRules.ADDRESS.matcher(text).matches());
  }

  private boolean roots() {
    return Arrays.stream(code.strings()).anyMatch(i -> root(code.literal(i)) && listed(i));
  }

  private static boolean root(String text) {
    return !text.isEmpty() && text.length() < MAX_ROOT && ROOT.matcher(text).matches();
  }

  /// Returns whether a text is the folder of a path or a list, and not part of another text.
  private boolean listed(int at) {
    boolean path =
        code.is(at - 1, '(')
            && (FOLDERS.contains(code.word(at - 2))
                || code.is(at - 2, '!')
                || code.is(at - 4, "Path"));
    boolean element = code.is(at - 1, '[') || (code.is(at - 1, ',') && !code.is(at + 1, ')'));
    return path || element || code.is(at - 1, '=');
  }

  /// Returns whether only files of one kind, by their ending or beginning, are removed. Files that
  /// were parsed as documents before count as such.
  private boolean filtered(int at, FunctionBodies bodies) {
    FunctionBodies.Body body = bodies.around(at);
    if (body == null) {
      return false;
    }
    boolean ends = false;
    for (int i : code.at(ASKS)) {
      ends |= code.is(i - 1, '.') && near(i) && (body.holds(i) || called(bodies.around(i), body));
    }
    return ends;
  }

  private boolean called(FunctionBodies.@Nullable Body one, FunctionBodies.Body by) {
    for (int i = by.open(); one != null && i < by.close(); i++) {
      if (code.is(i, one.name()) && code.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether there is one text next to a condition on the name of a file.
  private boolean near(int at) {
    int texts = 0;
    for (int i = at; i < Math.min(code.size(), at + 24) && !code.is(i, ';'); i++) {
      texts += code.string(i) ? 1 : 0;
    }
    return texts == 1;
  }

  /// Returns the position of a program that reads or sets the clipboard, or -1 if there is none.
  private int board(Pattern program, Locations places) {
    for (int i = 0; i < code.size() && !places.commands().isEmpty(); i++) {
      boolean text = code.string(i) && !places.tests().get(i);
      if (text && program.matcher(code.literal(i)).find()) {
        return i;
      }
    }
    return -1;
  }

  /// Returns whether the clipboard is set in the function that reads it, or in one that it calls.
  private boolean together(int get, int put, Locations places) {
    var bodies = new FunctionBodies(code, places.tests());
    FunctionBodies.Body reads = bodies.around(get);
    FunctionBodies.Body sets = bodies.around(put);
    if (reads == null || sets == null) {
      return wallets(places);
    }
    if (reads.holds(put)) {
      return true;
    }
    return bodies.calls(sets).stream().anyMatch(reads::holds)
        || (bodies.calls(reads).stream().anyMatch(sets::holds)
            && code.line(put) > 0
            && looksNear(sets));
  }

  /// Returns whether the source names the forms of wallets.
  private boolean wallets(Locations places) {
    for (int i = 0; i < code.size(); i++) {
      boolean text = code.string(i) && !places.tests().get(i);
      if (text && WALLETS.matcher(code.literal(i)).find()) {
        return true;
      }
    }
    return false;
  }

  private boolean looksNear(FunctionBodies.Body body) {
    for (int i = body.open(); i < body.close(); i++) {
      boolean call = code.is(i - 1, '.') && code.is(i + 1, '(');
      if (call && (code.is(i, "starts_with") || code.is(i, "is_match"))) {
        return true;
      }
    }
    return false;
  }

  private void destroyed(boolean roots, Locations places) {
    var bodies = new FunctionBodies(code, places.tests());
    for (int i : code.at(DESTROYS)) {
      boolean removes = REMOVES.contains(code.word(i));
      boolean overwrites = OVERWRITES.contains(code.word(i)) && !code.is(i - 1, '.');
      if ((!removes && !overwrites) || !code.is(i + 1, '(') || code.is(i - 1, "fn")) {
        continue;
      }
      List<Range> arguments = code.arguments(i + 1);
      if (arguments.isEmpty()) {
        continue;
      }
      boolean copies = code.is(i, "copy");
      if (copies && arguments.size() < 2) {
        continue;
      }
      int path = values.origins(copies ? arguments.get(1) : arguments.getFirst());
      boolean home = ValueOrigin.any(path, ValueOrigin.HOME) || roots;
      boolean constant =
          overwrites
              && arguments.size() > 1
              && !ValueOrigin.any(
                  values.origins(arguments.get(copies ? 0 : 1)),
                  ValueOrigin.FILE | ValueOrigin.INCLUDED);
      boolean whole =
          code.is(i, "remove_dir_all")
              && ValueOrigin.any(path, ValueOrigin.HOME)
              && bare(arguments.getFirst());
      boolean walked = ValueOrigin.any(path, ValueOrigin.WALKED) && home && (removes || constant);
      if (whole || (walked && !(removes && filtered(i, bodies)))) {
        receiver.found(Behavior.DESTRUCTION, i, "");
      }
    }
  }

  /// Returns whether a path is only a folder, without a file name.
  private boolean bare(Range path) {
    String text = values.texts().of(path);
    return text.indexOf('/') < 0 && text.indexOf('.') < 0;
  }

  /// Returns whether an occurrence only returns its value to the caller. Its function does not
  /// write, and the source does not call it.
  private boolean offered(int at, Locations places) {
    var bodies = new FunctionBodies(code, places.tests());
    FunctionBodies.Body body = bodies.around(at);
    if (body == null) {
      return code.is(at - 1, "use") || code.is(at + 1, ',') || code.is(at + 1, '}');
    }
    int write = places.writes().nextSetBit(body.open());
    boolean writes = write >= 0 && write < body.close();
    return !writes && bodies.calls(body).isEmpty();
  }

  /// Returns the position of the schedule table if its lines come from the caller. The source
  /// contains no complete line, and composes lines only from filled-in values. -1 if there is none.
  private int schedule() {
    int found = -1;
    if (Arrays.stream(code.strings()).noneMatch(i -> code.literal(i).equals("crontab"))) {
      return found;
    }
    for (int i = 0; i < code.size(); i++) {
      if (code.string(i)) {
        String text = code.literal(i);
        if (SCHEDULE.matcher(text).find()) {
          return -1;
        }
        found = text.equals("crontab") ? i : found;
      } else if (code.is(i, "include_str") || code.is(i, "current_exe")) {
        return -1;
      }
    }
    return found;
  }

  private static boolean unit(String text) {
    for (String end : UNITS) {
      if (text.endsWith(end)) {
        return true;
      }
    }
    return false;
  }

  /// Finds units whose names come from the caller. The source must neither contain nor fetch a
  /// program, nor install itself.
  private void service(Locations places) {
    int unit = -1;
    int[] own = code.at(OWN_PROGRAM);
    int[] all = code.strings();
    if (own.length > 0) {
      all = IntStream.concat(Arrays.stream(all), Arrays.stream(own)).sorted().toArray();
    }
    for (int i : all) {
      if (code.string(i)) {
        String text = code.literal(i);
        boolean named = text.length() < MAX_ROOT && unit(text);
        if (named && FIXED_UNIT.matcher(text).find()) {
          return;
        }
        boolean format = code.is(i - 1, '(') && code.is(i - 2, '!');
        if (format && named) {
          String made = values.texts().of(i - 3, code.close(i - 1) + 1);
          unit = UNIT.matcher(made).find() ? i : unit;
        }
      } else if (code.is(i, "include_bytes")
          || (code.is(i, "current_exe") && !offered(i, places))) {
        return;
      }
    }
    int named = unit >= 0 ? unit : schedule();
    if (named >= 0 && places.networks().isEmpty()) {
      receiver.found(Behavior.CALLERS_SERVICE, named, "");
    }
  }
}
