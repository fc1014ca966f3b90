package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.FunctionBodies.Body;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Shell profiles that are written only if a parameter or field of the caller is true. The texts
/// neither fetch, decode nor start anything.
public final class OptInProfiles {
  private static final int MAX_CALLS = 3;
  private static final int CHAIN = 48;

  public static final Pattern PROFILE =
      Pattern.compile(
          "\\.(?:bashrc|zshrc|bash_profile|profile|zprofile|zshenv)\\b|config\\.fish"
              + "|\\.(?:vscode|zed|idea|helix)/");

  /// A line by which a shell runs the output of a program.
  private static final Pattern INIT =
      Pattern.compile(
          "eval \"?\\$\\((?:\\{[a-z_]*\\}|[a-z][a-z0-9_-]*) (?:init|env|hook|activate|shellenv|completions?)[^)|;&]*\\)\"?");

  /// Calls that ask the user at the terminal.
  private static final Pattern ASKS =
      Pattern.compile("[Cc]onfirm|interact|prompt_(?:yes|bool|confirm).*|ask_yes.*");

  private static final Set<String> READS =
      Set.of("read_line", "interact", "interact_opt", "prompt");
  private static final Set<String> PRINTS = Set.of("println", "print", "eprintln", "eprint");

  /// Words that a harmless line of a shell profile does not contain.
  private static final Pattern ACTS =
      Pattern.compile(
          "(?i)curl|wget|://|/dev/tcp|base64|\\beval\\b|\\balias\\b|ld_preload|prompt_command"
              + "|\\btrap\\b|\\| *\\w*sh\\b|\\bpath=|\\bnc |python|perl|ruby|\\bnode\\b|\\bexec\\b"
              + "|\\$\\((?!compgen)|(?:^|[=(;'\"]) *`[^`{]|nohup|/tmp|sudo|(?<![&>])&(?![&>])|\\bssh\\b|\\\\x");

  private static final Pattern SCRIPT = Pattern.compile("\\.(?:bash|zsh|fish|sh|ps1)$");

  private static final Set<String> WRITES = Set.of("write", "create", "copy", "rename");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> asking = new HashSet<>();
  private final BitSet gated = new BitSet();

  OptInProfiles(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    int profile = profile(places.tests());
    if (profile < 0) {
      return;
    }
    var bodies = new FunctionBodies(code, places.tests());
    people(bodies);
    gates(places.tests());
    if (gated.isEmpty()) {
      return;
    }
    if (written(bodies, places)) {
      receiver.found(Behavior.CALLERS_WORD, profile, "");
      return;
    }
    boolean writes = named(bodies, places.tests());
    for (int i = 0; i < code.size(); i++) {
      boolean appends = code.is(i, "append") && code.is(i + 1, '(') && code.is(i + 2, "true");
      boolean sets =
          WRITES.contains(code.word(i)) && code.is(i + 1, '(') && code.separator(i - 1) && shell(i);
      boolean other = sets && elsewhere(bodies, i);
      if ((appends || sets) && !other && !places.tests().get(i)) {
        if (!onlyAsked(bodies, i, 0)) {
          return;
        }
        writes = true;
      }
    }
    if (writes) {
      receiver.found(Behavior.CALLERS_WORD, profile, "");
    }
  }

  /// Returns the token that names a profile, or -1 if there is none or another text does more.
  private int profile(BitSet tests) {
    int found = -1;
    if (Arrays.stream(code.strings()).noneMatch(this::maybe)) {
      return found;
    }
    for (int i = 0; i < code.size(); i++) {
      if (code.string(i) && !tests.get(i)) {
        String text = INIT.matcher(code.literal(i)).replaceAll("");
        boolean shown = code.is(i - 1, '(') && code.is(i - 2, '!');
        if (ACTS.matcher(text).find() && !(shown && PRINTS.contains(code.word(i - 3)))) {
          return -1;
        }
        found = found < 0 && PROFILE.matcher(text).find() ? i : found;
      } else if (code.is(i, "include_bytes") || (code.is(i, "include_str") && !read(i))) {
        return -1;
      }
    }
    return found;
  }

  /// Returns whether a text may name a profile, with or without the part that [#INIT] matches.
  private boolean maybe(int at) {
    return Need.PROFILE.in(code.needs(at)) || code.literal(at).contains("eval ");
  }

  /// Records the functions that ask the user at the terminal.
  private void people(FunctionBodies bodies) {
    for (Body body : bodies.all()) {
      for (int i = body.open(); i < body.close() && ASKS.matcher(body.name()).find(); i++) {
        if (READS.contains(code.word(i)) && code.is(i + 1, '(')) {
          asking.add(body.name());
        }
      }
    }
  }

  /// Returns whether the source writes only at the request of the caller.
  private boolean written(FunctionBodies bodies, Locations places) {
    boolean any = false;
    for (int i = places.writes().nextSetBit(0); i >= 0; i = places.writes().nextSetBit(i + 1)) {
      if (places.tests().get(i) || bodies.around(i) == null) {
        continue;
      }
      if (!onlyAsked(bodies, i, 0)) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /// Returns whether a compiled-in file is inspected as a script.
  private boolean read(int at) {
    return code.string(at + 3) && SCRIPT.matcher(code.literal(at + 3)).find();
  }

  /// Records the blocks that run only if a value of the caller permits it. They are those of `if
  /// edit`, and the rest of a function after `if !edit { return .. }`.
  private void gates(BitSet tests) {
    var set = new HashSet<String>();
    for (int i = 0; i < code.size(); i++) {
      if (tests.get(i)) {
        continue;
      }
      if (code.is(i + 1, ':') && (code.is(i + 2, "bool") || code.is(i + 2, "Option"))) {
        asked.add(code.word(i));
      } else if (code.is(i + 1, ':') || code.is(i + 1, '=')) {
        boolean on = code.is(i + 2, "true") || code.is(i + 2, "Some") || code.is(i + 2, '!');
        if (on) {
          set.add(code.word(i));
        }
      }
    }
    asked.removeAll(set);
    for (int i = 0; i < code.size(); i++) {
      int block = code.is(i, "if") ? code.end(i + 1, true) : -1;
      if (block > i + 1 && code.is(block, '{')) {
        gate(i, block);
      }
    }
  }

  private void gate(int at, int block) {
    boolean some =
        code.is(at + 1, "let") && code.is(at + 2, "Some") && code.is(code.close(at + 3) + 1, '=');
    int from = some ? code.close(at + 3) + 2 : at + 1;
    while (some && code.is(from, '&')) {
      from++;
    }
    if (some ? plain(from, block) : asks(from, block) || prompts(at + 1, block)) {
      gated.set(block, code.close(block));
    } else if (code.is(at + 1, '!')
        && (plain(at + 2, block) || prompts(at + 2, block))
        && returns(block)) {
      int end = code.close(block) + 1;
      while (end < code.size() && !code.is(end, '}')) {
        end = code.close(end) + 1;
      }
      gated.set(code.close(block), Math.min(end, code.size()));
    }
  }

  /// Returns whether a condition depends on the reply of the user at the terminal.
  private boolean prompts(int from, int to) {
    boolean asked = false;
    for (int i = from; i < to; i++) {
      if (code.is(i, '|') || code.is(i, '!')) {
        boolean macro = code.is(i, '!') && code.word(i - 1).equals("format");
        if (!macro) {
          return false;
        }
      }
      boolean dialog = READS.contains(code.word(i)) && ASKS.matcher(code.word(i)).find();
      asked |= code.is(i + 1, '(') && (dialog || asking.contains(code.word(i)));
    }
    return asked;
  }

  private boolean plain(int from, int to) {
    for (int i = from; i < to; i++) {
      if (code.word(i).isEmpty() && !code.is(i, '.')) {
        return false;
      }
    }
    return to > from && asked.contains(code.word(to - 1));
  }

  /// Returns whether a block ends with a return.
  private boolean returns(int block) {
    int last = -1;
    for (int i = block + 1; i < code.close(block); i = code.close(i) + 1) {
      last = code.is(i, "return") ? i : last;
    }
    return last > 0;
  }

  /// Reads `edit`, `self.edit` and `options.edit`, alone or joined to others by `&&`.
  private boolean asks(int from, int to) {
    boolean any = false;
    boolean plain = true;
    for (int i = from; i < to; i = code.close(i) + 1) {
      if (code.is(i, '|')) {
        return false;
      }
      if (code.is(i, '&') && code.is(i + 1, '&')) {
        plain = true;
        i++;
        continue;
      }
      boolean last = i + 1 == to || (code.is(i + 1, '&') && code.is(i + 2, '&'));
      plain &= !code.word(i).isEmpty() || code.is(i, '.');
      any |= plain && last && asked.contains(code.word(i));
    }
    return any;
  }

  /// Returns whether all functions that name a profile are called only at the request of the
  /// caller.
  private boolean named(FunctionBodies bodies, BitSet tests) {
    for (int i = 0; i < code.size(); i++) {
      boolean profile = code.string(i) && PROFILE.matcher(code.literal(i)).find();
      if (profile && !tests.get(i) && !onlyAsked(bodies, i, 0)) {
        return false;
      }
    }
    return true;
  }

  /// Returns whether a profile is among the arguments of a call that writes.
  private boolean shell(int at) {
    var given = new Range(at + 2, Math.min(code.close(at + 1), at + CHAIN));
    return PROFILE.matcher(values.texts().of(given)).find();
  }

  private boolean onlyAsked(FunctionBodies bodies, int at, int depth) {
    if (gated.get(at)) {
      return true;
    }
    Body body = bodies.around(at);
    if (body == null || depth >= MAX_CALLS || !code.spend(code.size())) {
      return false;
    }
    var calls = bodies.calls(body);
    return !calls.isEmpty()
        && calls.stream().allMatch(c -> onlyAsked(bodies, c, depth + 1) || elsewhere(bodies, c));
  }

  /// Returns whether a call receives the path of another file. Its argument is bound to texts and
  /// to results of functions of the source, and none of them names a profile.
  private boolean elsewhere(FunctionBodies bodies, int call) {
    Body body = bodies.around(call);
    var given = new Range(call + 2, code.close(call + 1));
    if (body == null || names(bodies, given)) {
      return false;
    }
    boolean known = false;
    for (int i = given.from(); i < given.to(); i++) {
      boolean name = code.value(i) && !code.is(i + 1, '(') && !code.is(i, "self");
      if (name && body.parameters().contains(code.word(i)) && code.is(i - 1, '&')) {
        return false;
      }
      for (int k = body.open(); name && k < call; k++) {
        if (code.is(k, "let") && code.is(k + 1, code.word(i)) && code.is(k + 2, '=')) {
          if (names(bodies, new Range(k + 3, code.end(k + 3, false)))) {
            return false;
          }
          known = true;
        }
      }
    }
    return known;
  }

  private boolean names(FunctionBodies bodies, Range value) {
    for (int i = value.from(); i < value.to(); i++) {
      String word = code.word(i);
      boolean called = !word.isEmpty() && code.is(i + 1, '(');
      if (code.string(i) && PROFILE.matcher(code.literal(i)).find()) {
        return true;
      }
      for (Body body : bodies.all()) {
        for (int k = body.open(); called && body.name().equals(word) && k < body.close(); k++) {
          if (code.string(k) && PROFILE.matcher(code.literal(k)).find()) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
