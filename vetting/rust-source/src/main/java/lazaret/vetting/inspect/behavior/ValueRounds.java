package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.ChannelEnds;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.FlowSteps;
import lazaret.vetting.inspect.code.IdentifierRole;
import lazaret.vetting.inspect.code.SecretNames;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// The rounds in which origins and texts of names are propagated through bindings, assignments,
/// calls and results until nothing changes. Bounded, not thread-safe.
final class ValueRounds {
  private static final int MAX_ROUNDS = 6;
  private static final int MAX_HEAD = 256;
  private static final int MAX_NAMES = 1 << 14;

  /// Methods whose closure receives an error instead of the result.
  private static final Set<String> ERRORS =
      Set.of("map_err", "or_else", "unwrap_or_else", "inspect_err");

  private static final WordSet RETURN = WordSet.of("return");

  static final WordSet NOT_BOUND =
      WordSet.of(
          "mut", "ref", "if", "let", "box", "in", "self", "crate", "super", "as", "move", "_");

  private final SourceTokens code;
  private final ConstantTexts texts;
  private final BitSet decoding;
  private final BitSet reads;
  private final BitSet tests;
  private final TokenOrigins innate;

  /// The origins of the value of each identifier, and those of the result of a function of that
  /// name.
  private final int[] origins;

  private final int[] results;
  private final ChannelEnds channels;
  private final Map<String, RustFunction> functions;
  private final Set<String> types;
  private final int[] returns;
  private final boolean[] called;
  private final boolean[] unbound;
  private final IdentifierRole[] roles;
  private final BitSet steps;
  private int names;
  private boolean changed;

  /// @param decoding the tokens at which arithmetic makes a text
  /// @param handed the names of the parameters that another machine sets
  ValueRounds(TokenOrigins innate, BitSet decoding, Set<Integer> handed, Locations places) {
    this.innate = innate;
    this.decoding = decoding;
    code = innate.code();
    texts = new ConstantTexts(code);
    reads = places.reads();
    tests = places.tests();
    origins = innate.typed().clone();
    results = new int[origins.length];
    for (int sent : handed) {
      origins[sent] |= ValueOrigin.ANSWER;
    }
    functions = RustFunction.of(code);
    types = RustFunction.types(code);
    channels = new ChannelEnds(code);
    names = (int) Arrays.stream(origins).filter(each -> each != 0).count();
    unbound = code.named(NOT_BOUND);
    called = new boolean[origins.length];
    functions.keySet().forEach(name -> called[code.find(name)] = true);
    returns = code.at(RETURN);
    unbound[0] = true;
    roles = IdentifierRole.of(code);
    steps = FlowSteps.find(code, called);
  }

  /// Returns whether a name is that of a function of the source.
  boolean function(String name) {
    return functions.containsKey(name);
  }

  ConstantTexts texts() {
    return texts;
  }

  /// Propagates origins and texts until nothing changes.
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
      texts.appended(i);
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
      default -> named(at, code.identified(at), word);
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

  /// Reads `receiver.map(|x| ..)`: the closure receives the content of the receiver.
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
      bind(new Range(at + 1, end), new Range(FlowSteps.chain(code, open), open));
    } else if (!unbound[code.identified(at + 1)]
        && ValueOrigin.any(
            origins(new Range(FlowSteps.chain(code, open), open)), ValueOrigin.RECEIVED)) {
      add(code.identified(at + 1), ValueOrigin.RECEIVED);
    }
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
    int from = origins(value) | SecretNames.ofDevice(text);
    boolean single = true;
    for (int i = pattern.from(); i < pattern.to(); i++) {
      if (code.is(i, ':')) {
        return;
      }
      int name = code.identified(i);
      if (!unbound[name] && !code.is(i + 1, '(') && !code.separator(i + 1)) {
        add(name, from);
        changed |= single && texts.name(name, text);
        single = false;
      }
    }
  }

  private void add(int name, int more) {
    add(origins, name, more);
  }

  private void add(int[] all, int name, int more) {
    int before = all[name];
    if (name != 0 && (before | more) != before && names < MAX_NAMES) {
      names += before == 0 ? 1 : 0;
      all[name] = before | more;
      changed = true;
    }
  }

  /// Reads calls of functions of this source, assignments, and methods that add to a value.
  private void named(int at, int name, String word) {
    RustFunction function = called[name] && code.is(at + 1, '(') ? functions.get(word) : null;
    if (function != null && RustFunction.own(code, at, types)) {
      List<String> parameters = function.parameters();
      List<Range> given = code.arguments(at + 1);
      for (int i = 0; i < Math.min(parameters.size(), given.size()); i++) {
        int parameter = code.find(parameters.get(i));
        add(parameter, origins(given.get(i)));
        changed |= texts.name(parameter, texts.of(given.get(i)));
      }
    }
    boolean plain = code.is(at + 1, '=') && !code.is(at + 2, '=') && !code.is(at + 2, '>');
    boolean adds = code.is(at + 2, '=') && (code.is(at + 1, '+') || code.is(at + 1, '^'));
    if ((plain || adds) && code.value(at) && !code.is(at - 1, "let")) {
      add(name, origins(new Range(at + 2, code.end(at + 2, false))));
    }
    boolean method = code.is(at + 1, '.') && code.is(at + 3, '(');
    if (method && FlowSteps.ADDS.contains(code.word(at + 2))) {
      add(name, origins(new Range(at + 4, code.close(at + 3))));
    }
    int other = method ? channels.other(name, code.word(at + 2)) : 0;
    if (other != 0) {
      add(other, origins(new Range(at + 4, code.close(at + 3))));
    }
    if (FlowSteps.FILLS.contains(word)) {
      int chain = origins(new Range(FlowSteps.chain(code, at), at));
      List<Range> given = code.separator(at - 1) ? code.arguments(at + 1) : List.of();
      if (given.size() == 2) {
        Range into = given.get(1);
        add(code.identified(into.to() - 1), origins(given.get(0)) & ValueOrigin.FOREIGN);
      }
      boolean received = ValueOrigin.any(chain, ValueOrigin.RECEIVED);
      boolean file = word.equals("read_to_string") || word.equals("read_to_end");
      for (int i = at + 1; i < Math.min(at + 5, code.size()); i++) {
        if (code.is(i, "mut")) {
          int read = received ? ValueOrigin.RECEIVED : file ? ValueOrigin.FILE : 0;
          add(code.identified(i + 1), read | (chain & (ValueOrigin.DEVICE | ValueOrigin.ANSWER)));
        }
      }
    }
  }

  /// Returns the origins of a range of tokens.
  int origins(Range range) {
    int all = 0;
    int at = range.from();
    int next = decoding.nextSetBit(at);
    if (next >= 0 && next < range.to()) {
      all |= ValueOrigin.DECODED;
    }
    while (at < range.to() && code.spend(1)) {
      int name = code.identified(at);
      IdentifierRole role = roles[name];
      all |= innate.at(at);
      if (name == 0) {
        all |= innate.captures(at) ? captured(at) : 0;
        at++;
      } else if (innate.seals(at) && code.is(at + 1, '(')) {
        Range given = argument(at);
        all = (all | origins(given)) & ~SecretNames.SEALED;
        at = given.to() + 1;
      } else if (role == IdentifierRole.GET && code.is(at - 1, '.') && code.is(at + 2, '&')) {
        // The key of a lookup is not part of the result.
        Range given = argument(at);
        all |= origins(given) & ~ValueOrigin.FOREIGN;
        at = given.to() + 1;
      } else if (code.is(at - 1, '.')) {
        boolean field = !code.is(at + 1, '(');
        all |= role == IdentifierRole.METHOD ? ValueOrigin.ofMethod(code.word(at)) : 0;
        all |= field ? ofField(name) : 0;
        all &= role == IdentifierRole.FILE_NAME ? ~ValueOrigin.WALKED : ~0;
        at++;
      } else if (variable(at, role)) {
        String text = texts.of(argument(at));
        all |= ValueOrigin.ofVariable(text) | SecretNames.ofVariable(text);
        at = argument(at).to() + 1;
      } else if (role == IdentifierRole.FORMAT && code.macro(at)) {
        // Data that is formatted into other text no longer counts as read.
        int end = Math.min(range.to(), code.close(at + 2));
        all |= origins(new Range(at + 3, end)) & ~(ValueOrigin.FILE | ValueOrigin.INCLUDED);
        at = end;
      } else {
        all |= origins[name] | (reads.get(at) ? ValueOrigin.FILE : role.origin(code, at));
        if (called[name] && RustFunction.own(code, at, types)) {
          all |= results[name];
        }
        at++;
      }
    }
    return all;
  }

  private int captured(int at) {
    int all = 0;
    for (String each : innate.captured(at)) {
      all |= origins[code.find(each)];
    }
    return all;
  }

  /// Returns the origins of a field. Values from a device are followed through fields as well.
  private int ofField(int name) {
    return innate.typed()[name] | (origins[name] & ValueOrigin.DEVICE);
  }

  private boolean variable(int at, IdentifierRole role) {
    return (role == IdentifierRole.VARIABLE && code.is(at + 1, '('))
        || (role == IdentifierRole.COMPILED && code.macro(at));
  }

  private Range argument(int at) {
    int open = code.is(at + 1, '!') ? at + 2 : at + 1;
    return new Range(open + 1, code.close(open));
  }

  /// Records the origins of the result of a function: its last expression and its `return`s.
  private void result(int name) {
    RustFunction function = functions.get(code.word(name));
    if (function == null) {
      return;
    }
    int open = function.body().from();
    int end = function.body().to();
    int last = open + 1;
    for (int i = open + 1; i < end; i = code.close(i) + 1) {
      last = code.is(i, ';') ? i + 1 : last;
    }
    int all = origins(new Range(last, end));
    int first = Arrays.binarySearch(returns, open);
    for (int i = first < 0 ? -first - 1 : first; i < returns.length && returns[i] < end; i++) {
      all |= origins(new Range(returns[i] + 1, code.end(returns[i] + 1, false)));
    }
    add(results, code.identified(name), all);
  }
}
