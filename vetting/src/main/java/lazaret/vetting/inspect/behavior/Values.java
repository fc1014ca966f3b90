package lazaret.vetting.inspect.behavior;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Places;
import lazaret.vetting.inspect.behavior.Code.Range;

/// Origins and texts of names, carried through bindings, assignments, calls and results until
/// nothing changes. Scopes are not kept apart: a name stands for all that it is bound to anywhere
/// in the source. Bounded, not thread-safe.
final class Values {
  private static final int MAX_ROUNDS = 6;
  private static final int MAX_HEAD = 256;
  private static final int MAX_NAMES = 1 << 14;
  private static final String RESULT = "fn ";
  private static final Set<String> FORMATS = Set.of("format", "quote", "write", "writeln");

  /// Methods whose closure is given an error, not what was asked for.
  private static final Set<String> ERRORS =
      Set.of("map_err", "or_else", "unwrap_or_else", "inspect_err");

  static final Set<String> NOT_BOUND =
      Set.of("mut", "ref", "if", "let", "box", "in", "self", "crate", "super", "as", "move", "_");

  private final Code code;
  private final Texts texts;
  private final BitSet decoding;
  private final BitSet reads;
  private final BitSet tests;
  private final Innate innate;
  private final Map<String, Integer> origins = new HashMap<>();
  private final Channels channels;
  private final Map<String, Function> functions;
  private final Set<String> types;
  private final BitSet steps;
  private boolean changed;

  /// @param decoding tokens at which arithmetic makes a text
  /// @param places tokens at which paths begin that name what reads files or reaches the network
  Values(Code code, Texts texts, BitSet decoding, Places places) {
    this.code = code;
    this.texts = texts;
    this.decoding = decoding;
    this.reads = places.reads();
    tests = places.tests();
    innate = new Innate(code, places);
    channels = new Channels(code);
    origins.putAll(innate.typed());
    for (String sent : Handlers.parameters(code, tests)) {
      origins.merge(sent, Origin.ANSWER, (a, b) -> a | b);
    }
    functions = Function.of(code);
    types = Function.types(code);
    steps = Steps.find(code, functions.keySet());
  }

  /// Returns whether a token has one of some origins by itself.
  boolean any(int origins) {
    return innate.any(origins);
  }

  /// Returns whether a name is that of a function of the source.
  boolean function(String name) {
    return functions.containsKey(name);
  }

  /// Returns the names that a text takes in.
  List<String> captured(int at) {
    return innate.captured(at);
  }

  Texts texts() {
    return texts;
  }

  /// Carries origins and texts until nothing changes.
  void settle() {
    changed = true;
    for (int round = 0; round < MAX_ROUNDS && changed; round++) {
      changed = false;
      int passed = 0;
      for (int i = steps.nextSetBit(0); i >= 0 && code.spend(i + 1 - passed); ) {
        passed = i + 1;
        step(i);
        i = steps.nextSetBit(passed);
      }
    }
    for (int i = steps.nextSetBit(0); i >= 0; i = steps.nextSetBit(i + 1)) {
      appended(i);
    }
  }

  private void step(int at) {
    if (tests.get(at)) {
      return;
    }
    String word = code.word(at);
    switch (word) {
      case "fn" -> result(at + 1);
      case "let" -> let(at + 1);
      case "const", "static" -> constant(at + 1);
      case "for" -> loop(at + 1);
      case "match" -> arms(at + 1);
      case "" -> closure(at);
      default -> named(at, word);
    }
  }

  private void let(int from) {
    int equals = from;
    while (equals < Math.min(code.size(), from + 4 * MAX_HEAD)
        && !code.is(equals, '=')
        && !code.is(equals, ';')) {
      equals = code.close(equals) + 1;
    }
    channels.bound(from, equals);
    boolean block = code.is(from - 2, "if") || code.is(from - 2, "while") || code.is(from - 2, '&');
    if (code.is(equals, '=')) {
      bind(new Range(from, equals), new Range(equals + 1, code.end(equals + 1, block)));
    }
  }

  private void constant(int from) {
    int name = code.is(from, "mut") ? from + 1 : from;
    if (!code.is(name + 1, ':')) {
      return;
    }
    int equals = name + 2;
    while (equals < Math.min(code.size(), from + 4 * MAX_HEAD)
        && !code.is(equals, '=')
        && !code.is(equals, ';')) {
      equals = code.close(equals) + 1;
    }
    if (code.is(equals, '=')) {
      bind(new Range(name, name + 1), new Range(equals + 1, code.end(equals + 1, false)));
    }
  }

  private void loop(int from) {
    int in = from;
    while (in < Math.min(code.size(), from + MAX_HEAD)
        && !code.is(in, "in")
        && !code.is(in, '{')
        && !code.is(in, ';')) {
      in = code.close(in) + 1;
    }
    if (code.is(in, "in")) {
      bind(new Range(from, in), new Range(in + 1, code.end(in + 1, true)));
    }
  }

  private void arms(int from) {
    int open = code.end(from, true);
    if (!code.is(open, '{')) {
      return;
    }
    Range subject = new Range(from, open);
    int begin = open + 1;
    for (int i = begin; i < code.close(open); i = code.close(i) + 1) {
      if (code.is(i, '=') && code.is(i + 1, '>')) {
        bind(new Range(begin, i), subject);
      } else if (code.is(i, ',') || code.is(i, '{')) {
        begin = code.close(i) + 1;
      }
    }
  }

  /// Reads `receiver.map(|x| ..)`: what is called with a closure passes on what it holds.
  private void closure(int at) {
    boolean begins = code.is(at, '|') && (code.is(at - 1, '(') || code.is(at - 1, "move"));
    if (!begins) {
      return;
    }
    int end = at + 1;
    while (end < Math.min(code.size(), at + MAX_HEAD) && !code.is(end, '|') && !code.is(end, ';')) {
      end = code.close(end) + 1;
    }
    int open = code.is(at - 1, '(') ? at - 1 : at - 2;
    if (!ERRORS.contains(code.word(open - 1))) {
      bind(new Range(at + 1, end), new Range(chain(open), open));
    } else if (bindable(code.word(at + 1))
        && Origin.any(origins(new Range(chain(open), open)), Origin.RECEIVED)) {
      add(code.word(at + 1), Origin.RECEIVED);
    }
  }

  /// Returns where the chain of calls begins that ends before a token.
  int chain(int end) {
    int at = end - 1;
    int least = Math.max(0, end - 64);
    while (at > least
        && !code.is(at, ';')
        && !code.is(at, '{')
        && !code.is(at, '}')
        && !code.is(at, '=')) {
      at--;
    }
    return at + 1;
  }

  private void bind(Range pattern, Range value) {
    List<Range> names = code.tuple(pattern);
    List<Range> given = names.isEmpty() ? names : code.tuple(value);
    if (!names.isEmpty() && names.size() == given.size()) {
      for (int i = 0; i < names.size(); i++) {
        bind(names.get(i), given.get(i));
      }
      return;
    }
    String text = texts.of(value);
    int from = origins(value) | Secrets.ofDevice(text);
    boolean single = true;
    for (int i = pattern.from(); i < pattern.to(); i++) {
      if (code.is(i, ':')) {
        return;
      }
      String word = code.word(i);
      if (bindable(word) && !code.is(i + 1, '(') && !code.separator(i + 1)) {
        add(word, from);
        changed |= single && texts.name(word, text);
        single = false;
      }
    }
  }

  private static boolean bindable(String word) {
    return !word.isEmpty() && !NOT_BOUND.contains(word);
  }

  private void add(String name, int more) {
    int before = origins.getOrDefault(name, 0);
    if ((before | more) != before && origins.size() < MAX_NAMES) {
      origins.put(name, before | more);
      changed = true;
    }
  }

  /// Reads calls of functions of this source, assignments, and methods that add to a value.
  private void named(int at, String word) {
    var called = functions.get(word);
    if (called != null
        && code.is(at + 1, '(')
        && Function.own(code, at, functions.keySet(), types)) {
      List<String> parameters = called.parameters();
      List<Range> given = code.arguments(at + 1);
      for (int i = 0; i < Math.min(parameters.size(), given.size()); i++) {
        add(parameters.get(i), origins(given.get(i)));
        changed |= texts.name(parameters.get(i), texts.of(given.get(i)));
      }
    }
    boolean plain = code.is(at + 1, '=') && !code.is(at + 2, '=') && !code.is(at + 2, '>');
    boolean adds = code.is(at + 2, '=') && (code.is(at + 1, '+') || code.is(at + 1, '^'));
    if ((plain || adds) && code.value(at) && !code.is(at - 1, "let")) {
      add(word, origins(new Range(at + 2, code.end(at + 2, false))));
    }
    boolean method = code.is(at + 1, '.') && code.is(at + 3, '(');
    if (method && Steps.ADDS.contains(code.word(at + 2))) {
      add(word, origins(new Range(at + 4, code.close(at + 3))));
    }
    String other = method ? channels.other(word, code.word(at + 2)) : "";
    if (!other.isEmpty()) {
      add(other, origins(new Range(at + 4, code.close(at + 3))));
    }
    if (Steps.FILLS.contains(word)) {
      int chain = origins(new Range(chain(at), at));
      List<Range> given = code.separator(at - 1) ? code.arguments(at + 1) : List.of();
      if (given.size() == 2) {
        Range into = given.get(1);
        add(code.word(into.to() - 1), origins(given.get(0)) & Origin.FOREIGN);
      }
      boolean received = Origin.any(chain, Origin.RECEIVED);
      boolean file = word.equals("read_to_string") || word.equals("read_to_end");
      for (int i = at + 1; i < Math.min(at + 5, code.size()); i++) {
        if (code.is(i, "mut")) {
          int read = received ? Origin.RECEIVED : file ? Origin.FILE : 0;
          add(code.word(i + 1), read | (chain & (Origin.DEVICE | Origin.ANSWER)));
        }
      }
    }
  }

  private void appended(int at) {
    String method = code.word(at + 2);
    if (!code.word(at).isEmpty() && code.is(at + 1, '.') && code.is(at + 3, '(')) {
      if (method.equals("push_str") || method.equals("push")) {
        String text = texts.of(at + 4, code.close(at + 3));
        boolean path = method.equals("push") && code.string(at + 4);
        texts.append(code.word(at), path ? "/" + text : text);
      }
    } else if (code.is(at + 1, '+') && code.is(at + 2, '=') && !code.word(at).isEmpty()) {
      texts.append(code.word(at), texts.of(at + 3, code.end(at + 3, false)));
    }
  }

  /// Returns the origins of a range of tokens.
  int origins(Range range) {
    int all = 0;
    int at = range.from();
    int next = decoding.nextSetBit(at);
    if (next >= 0 && next < range.to()) {
      all |= Origin.DECODED;
    }
    while (at < range.to() && code.spend(1)) {
      String word = code.word(at);
      all |= innate.at(at);
      if (word.isEmpty()) {
        for (String name : innate.captured(at)) {
          all |= origins.getOrDefault(name, 0);
        }
        at++;
      } else if (code.is(at + 1, '(') && Secrets.seals(word)) {
        Range given = argument(at);
        all = (all | origins(given)) & ~Secrets.SEALED;
        at = given.to() + 1;
      } else if (word.equals("get") && code.is(at - 1, '.') && code.is(at + 2, '&')) {
        // What is asked for does not become the answer.
        Range given = argument(at);
        all |= origins(given) & ~Origin.FOREIGN;
        at = given.to() + 1;
      } else if (code.is(at - 1, '.')) {
        boolean field = !code.is(at + 1, '(');
        all |= Origin.ofMethod(word) | (field ? ofField(word) : 0);
        all &= word.equals("file_name") ? ~Origin.WALKED : ~0;
        at++;
      } else if (variable(at, word)) {
        String name = texts.of(argument(at));
        all |= Origin.ofVariable(name) | Secrets.ofVariable(name);
        at = argument(at).to() + 1;
      } else if (FORMATS.contains(word) && code.macro(at)) {
        // What was put into other text is no longer what was read.
        int end = Math.min(range.to(), code.close(at + 2));
        all |= origins(new Range(at + 3, end)) & ~(Origin.FILE | Origin.INCLUDED);
        at = end;
      } else {
        all |= origins.getOrDefault(word, 0) | ofName(at, word);
        if (Function.own(code, at, functions.keySet(), types)) {
          all |= origins.getOrDefault(RESULT + word, 0);
        }
        at++;
      }
    }
    return all;
  }

  /// Values read from a device are followed through fields as well.
  private int ofField(String word) {
    return innate.typed().getOrDefault(word, 0) | (origins.getOrDefault(word, 0) & Origin.DEVICE);
  }

  private boolean variable(int at, String word) {
    boolean call = (word.equals("var") || word.equals("var_os")) && code.is(at + 1, '(');
    return call || ((word.equals("env") || word.equals("option_env")) && code.macro(at));
  }

  private Range argument(int at) {
    int open = code.is(at + 1, '!') ? at + 2 : at + 1;
    return new Range(open + 1, code.close(open));
  }

  private int ofName(int at, String word) {
    if (reads.get(at)) {
      return Origin.FILE;
    }
    return switch (word) {
      case "include_str", "include_bytes" -> code.macro(at) ? Origin.INCLUDED : 0;
      case "home_dir" -> Origin.HOME;
      case "temp_dir" -> Origin.TEMPORARY;
      default -> 0;
    };
  }

  /// Notes the origins of what a function gives back: its last expression and its `return`s.
  private void result(int name) {
    Function function = functions.get(code.word(name));
    if (function == null) {
      return;
    }
    int open = function.body().from();
    int end = function.body().to();
    int last = open + 1;
    for (int i = open + 1; i < end; i = code.close(i) + 1) {
      if (code.is(i, ';')) {
        last = i + 1;
      }
    }
    int all = origins(new Range(last, end));
    for (int i = open; i < end && code.spend(1); i++) {
      if (code.is(i, "return")) {
        all |= origins(new Range(i + 1, code.end(i + 1, false)));
      }
    }
    add(RESULT + code.word(name), all);
  }
}
