package lazaret.vetting.inspect.behavior;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.code.CallerData;
import lazaret.vetting.inspect.code.CallerNames;
import lazaret.vetting.inspect.code.FlowSteps;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.reach.PlaceSet;
import lazaret.vetting.inspect.reach.ValueLinks;

/// The locations whose values the names of one function may hold, as bits. A function with more
/// locations than bits is followed in part. Not thread-safe.
final class NameScope {
  private static final int HEAD = 96;

  /// The number of token visits in total.
  private static final int MAX_VISITS = 1 << 21;

  private static final int MAX_OF_FUNCTION = 1 << 17;

  /// The label of an encoded value.
  static final String MARK = "marked";

  /// The source of an address that is decoded first.
  private static final String DECODED = ValueLinks.host(ValueLinks.HIDDEN);

  private static final Set<String> CHANNELS =
      Set.of("channel", "sync_channel", "unbounded_channel", "unbounded", "bounded", "oneshot");
  private static final Set<String> ADDS =
      Set.of(
          "push", "push_str", "insert", "extend", "append", "extend_from_slice", "field", "entry");

  private static final Pattern ASKS =
      Pattern.compile("(?i)passw|passphrase|pass_phrase|secret|mnemonic|seed|\\bpin\\b|credential");

  private final SourceTokens code;
  private final ValueFlow values;
  private final SendCalls dispatches;
  private final CallerNames traits;
  private final PlaceSet labels = new PlaceSet();
  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private Signature function = Signature.NONE;
  private boolean asks;
  private int left = MAX_VISITS;
  private int rest = MAX_OF_FUNCTION;

  NameScope(SourceTokens code, ValueFlow values, SendCalls dispatches) {
    this.code = code;
    this.values = values;
    this.dispatches = dispatches;
    traits = new CallerNames(code);
  }

  /// Begins a function.
  void enter(Signature entered) {
    function = entered;
    rest = Math.min(left, MAX_OF_FUNCTION);
    left -= Math.min(left, entered.body().to() - entered.body().from());
    asks = ASKS.matcher(entered.name()).find();
    labels.clear();
    held.clear();
    types.clear();
    for (int i = 0; i < entered.parameters().size(); i++) {
      FunctionSignatures.Parameter parameter = entered.parameters().get(i);
      long mask = label(ValueLinks.parameter(entered.key(), i));
      if (!parameter.type().isEmpty()) {
        mask |=
            label(ValueLinks.type(parameter.type())) | worth(CallerData.ofType(parameter.type()));
        types.put(parameter.name(), parameter.type());
        if (parameter.type().equals("HeaderMap") && entered.type().isEmpty()) {
          mask |= label(ValueLinks.SECRET);
        }
      }
      held.put(parameter.name(), mask);
    }
  }

  /// Subtracts from the number of remaining visits, and returns whether there were enough.
  boolean spend(int tokens) {
    rest -= tokens;
    left -= tokens;
    return rest > 0 && left > 0;
  }

  /// Returns whether a part of a value was encoded.
  boolean coded(long mask) {
    return labels.has(MARK) && (mask & label(MARK)) != 0;
  }

  List<String> labels() {
    return labels.all();
  }

  /// Returns the bit of a location, or 0 if there are too many.
  long label(String place) {
    return labels.bit(place);
  }

  private long worth(String source) {
    return source.isEmpty() ? 0 : label(source);
  }

  /// Reads bindings, assignments and calls that change the value of a name.
  void step(int at) {
    String word = code.word(at);
    if (word.isEmpty() && !code.is(at, '|')) {
      return;
    }
    if (word.equals("let")) {
      int equals = code.until(at + 1, '=');
      if (code.is(equals, '=')) {
        boolean block = code.is(at - 1, "if") || code.is(at - 1, "while");
        int end = code.end(equals + 1, block);
        bound(new Range(at + 1, equals), new Range(equals + 1, end));
        if (channel(equals + 1, end)) {
          bind(new Range(at + 1, equals), label(ValueLinks.channel(function.key(), at)));
        }
      }
    } else if (word.equals("match")) {
      int open = code.end(at + 1, true);
      int begin = open + 1;
      for (int i = begin; i < code.close(open) && code.spend(1); i = code.close(i) + 1) {
        if (code.is(i, '=') && code.is(i + 1, '>')) {
          bound(new Range(begin, i), new Range(at + 1, open));
        } else if (code.is(i, ',') || code.is(i, '{')) {
          begin = code.close(i) + 1;
        }
      }
    } else if (word.equals("for")) {
      int in = at + 1;
      while (in < at + HEAD && !code.is(in, "in") && !code.is(in, '{')) {
        in = code.close(in) + 1;
      }
      if (code.is(in, "in")) {
        bound(new Range(at + 1, in), new Range(in + 1, code.end(in + 1, true)));
      }
    } else if (code.is(at, '|') && (code.is(at - 1, '(') || code.is(at - 1, "move"))) {
      int end = code.until(at + 1, '|');
      int open = code.is(at - 1, '(') ? at - 1 : at - 2;
      bound(new Range(at + 1, end), new Range(values.chain(open), open));
      if (SinkCalls.KEEPS.contains(code.word(open - 1)) || code.is(open, ',')) {
        later(new Range(at + 1, end));
      }
    } else if (!word.isEmpty() && code.value(at)) {
      boolean plain = code.is(at + 1, '=') && !code.is(at + 2, '=') && !code.is(at + 2, '>');
      boolean adds =
          code.is(at + 1, '.')
              && code.is(at + 3, '(')
              && FlowSteps.ADDS.contains(code.word(at + 2));
      if (plain) {
        add(word, mask(new Range(at + 2, code.end(at + 2, false))));
      } else if (adds) {
        add(word, mask(new Range(at + 4, code.close(at + 3))));
      } else if (code.is(at + 1, '[') || code.is(at + 1, '.')) {
        part(at, word);
      }
    }
    called(at, word);
  }

  /// Reads calls that pass data to or from their arguments.
  private void called(int at, String word) {
    if (FlowSteps.FILLS.contains(word)) {
      filled(at);
      long read = mask(new Range(values.chain(at), at));
      bind(new Range(at + 2, code.close(at + 1)), sources(read));
    } else if (word.equals("copy") && code.separator(at - 1) && code.is(at + 1, '(')) {
      List<Range> given = code.arguments(at + 1);
      if (given.size() == 2) {
        bind(given.get(1), mask(given.getFirst()));
      }
    } else if (code.is(at - 1, '.') && code.string(at + 2)) {
      boolean sought = CallerData.seeks(word, code.literal(at + 2));
      for (int i = values.chain(at); sought && i < at; i++) {
        if (code.value(i) && Character.isLowerCase(code.word(i).charAt(0))) {
          add(code.word(i), label(ValueLinks.SOUGHT));
        }
      }
    }
  }

  /// Reads `call["authority"] = x` and `event.user.id = x`.
  private void part(int at, String word) {
    int end = at + 1;
    while (code.is(end, '[') || (code.is(end, '.') && !code.is(end + 2, '('))) {
      end = code.is(end, '[') ? code.close(end) + 1 : end + 2;
    }
    if (code.is(end, '=') && !code.is(end + 1, '=') && !code.is(end + 1, '>')) {
      add(word, mask(new Range(end + 1, code.end(end + 1, false))));
    } else if (code.is(end, '.') && ADDS.contains(code.word(end + 1)) && code.is(end + 2, '(')) {
      add(word, mask(new Range(end + 3, code.close(end + 2))));
    }
  }

  private boolean channel(int from, int to) {
    for (int i = from; i < Math.min(to, from + HEAD); i++) {
      if (CHANNELS.contains(code.word(i)) && (code.is(i + 1, '(') || code.separator(i + 1))) {
        return true;
      }
    }
    return false;
  }

  /// Records the parameters of a closure that is stored for later.
  private void later(Range parameters) {
    for (int i = parameters.from(); i < parameters.to(); i++) {
      boolean typed = code.is(i - 1, ':') || code.separator(i - 1);
      if (!typed && !code.word(i).isEmpty() && Character.isLowerCase(code.word(i).charAt(0))) {
        add(code.word(i), label(ValueLinks.INDIRECT));
      }
    }
  }

  private void bound(Range pattern, Range value) {
    String host = value.to() - value.from() < HEAD ? dispatches.literal(value) : "";
    bind(pattern, mask(value) | (host.isEmpty() ? 0 : label(ValueLinks.host(host))));
    typed(pattern, value);
  }

  /// Reads `let account = Account { .. }` and `let account = Account::new(..)`.
  private void typed(Range pattern, Range value) {
    int name = code.is(pattern.from(), "mut") ? pattern.from() + 1 : pattern.from();
    String type = code.word(value.from());
    boolean made = code.is(value.from() + 1, '{') || code.separator(value.from() + 1);
    if (name + 1 == pattern.to() && made) {
      String own = type.equals("Self") ? function.type() : type;
      if (FunctionSignatures.own(own)) {
        types.put(code.word(name), own);
        add(code.word(name), worth(CallerData.ofType(own)));
      }
    }
  }

  /// Adds the content of a value to the names of a pattern.
  void bind(Range pattern, long value) {
    long mask = value;
    for (int i = pattern.from(); i < pattern.to(); i++) {
      String word = code.word(i);
      if (code.is(i, ':')) {
        return;
      }
      if (word.equals("KeyCode") || (word.equals("Key") && code.separator(i + 1))) {
        mask |= asks ? label(ValueLinks.SECRET) : 0;
      }
      if (!word.isEmpty() && Character.isLowerCase(word.charAt(0)) && !code.is(i + 1, '(')) {
        add(word, mask);
      }
    }
  }

  void add(String name, long mask) {
    if (mask != 0 && !name.equals("self")) {
      held.merge(name, mask, (a, b) -> a | b);
    }
  }

  /// Records input of the user that is read into an argument.
  void filled(int at) {
    boolean typed = code.is(at, "read_line") && CallerData.asked(code, values.chain(at), at);
    for (int i = at + 1; (asks || typed) && i < Math.min(at + 5, code.size()); i++) {
      if (code.is(i, "mut")) {
        add(code.word(i + 1), label(asks ? ValueLinks.SECRET : ValueLinks.TYPED));
      }
    }
  }

  /// Returns the locations whose values a range of tokens may hold.
  long mask(Range range) {
    long all = 0;
    boolean coded = false;
    for (int at = range.from(); at < range.to() && spend(1); at++) {
      String word = code.word(at);
      if (word.isEmpty()) {
        coded |= code.is(at, '^');
        if (code.string(at)) {
          String text = code.literal(at);
          coded |= CallerData.hexadecimal(text);
          all |= text(at, text);
        }
        continue;
      }
      coded |= traits.turns(at) || (traits.codes(at) && written(at, range.to()));
      if (code.is(at + 1, '(')) {
        if (values.seals(at)) {
          at = code.close(at + 1);
        } else {
          all |= worth(traits.ofCall(at)) | (CallerData.decodes(code, at) ? label(DECODED) : 0);
          String callee = FunctionSignatures.callee(code, at, function.type());
          all |= callee.isEmpty() ? 0 : label(ValueLinks.result(callee));
        }
      } else if (!sealed(at)) {
        all |= value(at, word);
      }
    }
    long token = coded && labels.has(ValueLinks.TOKEN) ? label(ValueLinks.TOKEN) : 0;
    long mark = coded && all != 0 ? label(MARK) : 0;
    return (all & token) != 0 ? all | mark | label(ValueLinks.CODED) : all | mark;
  }

  /// Returns whether the argument of an encoding such as `hex::encode(..)` is valuable.
  private boolean written(int at, int end) {
    int open = at + 1;
    while (open < Math.min(end, at + 6) && !code.is(open, '(')) {
      open++;
    }
    return code.is(open, '(') && mask(new Range(open + 1, code.close(open))) != 0;
  }

  private long text(int at, String text) {
    long all = 0;
    for (String name : values.captured(at)) {
      all |= held.getOrDefault(name, 0L) | worth(CallerData.ofName(name));
    }
    boolean variable =
        code.is(at - 1, '(') && (code.is(at - 2, "var") || code.is(at - 2, "var_os"));
    if (variable) {
      return all | worth(CallerData.ofVariable(text));
    }
    if (CallerData.exports(text) || (CallerData.prints(text) && CallerData.starts(code, at))) {
      return all | label(ValueLinks.SECRET);
    }
    boolean asked = code.is(at - 1, '(') && code.is(at - 2, "get");
    return asked ? all | worth(CallerData.ofHeader(text)) : all;
  }

  private long value(int at, String word) {
    long all = worth(traits.ofName(at));
    if (word.equals("self") && code.is(at + 1, '.') && !code.is(at + 3, '(')) {
      return all | own(code.word(at + 2));
    }
    if (!code.value(at)) {
      return all;
    }
    if (word.equals("self") && !function.type().isEmpty() && whole(at)) {
      return all
          | label(ValueLinks.wholeOf(function.type()))
          | label(ValueLinks.receiver(function.name()));
    }
    if (word.equals("self") && function.type().isEmpty()) {
      return all | label(ValueLinks.receiver(function.name()));
    }
    all |= held.getOrDefault(word, 0L);
    if (traits.constant(at)) {
      all |= label(ValueLinks.constant(word));
    }
    String type = types.get(word);
    if (type != null) {
      boolean field = code.is(at + 1, '.') && !code.is(at + 3, '(');
      if (field || whole(at)) {
        all |= label(field ? ValueLinks.field(type, code.word(at + 2)) : ValueLinks.wholeOf(type));
      }
    }
    return all;
  }

  private boolean whole(int at) {
    return !code.is(at + 1, '.') || CallerData.converts(code.word(at + 2));
  }

  /// Returns the sources among the locations of a mask.
  private long sources(long mask) {
    long all = 0;
    List<String> places = labels.all();
    for (int i = 0; i < places.size(); i++) {
      String place = places.get(i);
      boolean source = place.indexOf(' ') < 0 || place.startsWith("h ") || place.startsWith("e ");
      all |= source ? 1L << i : 0;
    }
    return mask & all;
  }

  /// Returns whether only a signature, a digest or the public key of a value is used.
  private boolean sealed(int at) {
    int last = at;
    while (code.is(last + 1, '.') && !code.word(last + 2).isEmpty() && !code.is(last + 3, '(')) {
      last += 2;
    }
    return code.is(last + 1, '.')
        && code.is(last + 3, '(')
        && (values.seals(last + 2) || CallerData.plain(code.word(last + 2)));
  }

  private long own(String field) {
    return function.type().isEmpty() || field.isEmpty()
        ? 0
        : label(ValueLinks.field(function.type(), field))
            | label(ValueLinks.type(function.type()))
            | worth(CallerData.ofType(function.type()));
  }
}
