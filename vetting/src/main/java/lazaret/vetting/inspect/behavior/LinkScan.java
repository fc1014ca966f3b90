package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Places;
import lazaret.vetting.inspect.behavior.Code.Range;
import lazaret.vetting.inspect.behavior.Signatures.Signature;
import lazaret.vetting.inspect.reach.Links;

/// Finds the ways that values take between the functions, fields and types of a source, one
/// function after the other. What a name holds is a set of places as bits; a function with more
/// places than bits is followed in part. Bounded, used once.
final class LinkScan {
  private static final int MAX_PLACES = 62;
  private static final int ROUNDS = 2;
  private static final int HEAD = 96;

  /// How many tokens are visited in all, and for one function.
  private static final int MAX_VISITS = 1 << 21;

  private static final int MAX_OF_FUNCTION = 1 << 17;
  private static final int WORTH =
      Origin.SECRET | Origin.CREDENTIAL | Origin.ENVIRONMENT | Origin.CLIPBOARD | Origin.DEVICE;

  private final Code code;
  private final Values values;
  private final Places places;
  private final Sinks sinks;
  private final Links.Builder links = new Links.Builder();
  private final List<String> labels = new ArrayList<>();
  private final Map<String, Long> held = new HashMap<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> functions = new HashSet<>();
  private Signature function = Signature.NONE;
  private int left = MAX_VISITS;
  private int rest;

  LinkScan(Code code, Values values, Places places, Sinks sinks) {
    this.code = code;
    this.values = values;
    this.places = places;
    this.sinks = sinks;
  }

  Links find() {
    if (!places.reaches() && places.networks().isEmpty() && !values.any(WORTH)) {
      return Links.NONE;
    }
    var signatures = new Signatures(code, places.tests());
    signatures
        .fields()
        .forEach(
            (type, inner) ->
                inner.forEach(each -> links.add(Links.type(type), Links.type(each), 0)));
    signatures.functions().forEach(each -> functions.add(each.name()));
    for (Signature each : signatures.functions()) {
      links.function(each.key());
      follow(each);
    }
    return links.links();
  }

  private void follow(Signature each) {
    function = each;
    rest = Math.min(left, MAX_OF_FUNCTION);
    left -= Math.min(left, each.body().to() - each.body().from());
    labels.clear();
    held.clear();
    types.clear();
    for (int i = 0; i < each.parameters().size(); i++) {
      Signatures.Parameter parameter = each.parameters().get(i);
      long mask = label(Links.parameter(each.key(), i));
      if (!parameter.type().isEmpty()) {
        mask |= label(Links.type(parameter.type()));
        types.put(parameter.name(), parameter.type());
      }
      held.put(parameter.name(), mask);
    }
    int end = each.body().to();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = each.body().from(); i < end && spend(1); i++) {
        step(i);
      }
    }
    for (int i = each.body().from(); i < end && spend(1); i++) {
      emit(i);
    }
    gives(each.body());
  }

  private boolean spend(int tokens) {
    rest -= tokens;
    left -= tokens;
    return rest > 0 && left > 0;
  }

  private int origins(Range range) {
    return spend(range.to() - range.from()) ? values.origins(range) : 0;
  }

  private long label(String place) {
    int at = labels.indexOf(place);
    if (at < 0 && labels.size() < MAX_PLACES) {
      labels.add(place);
      at = labels.size() - 1;
    }
    return at < 0 ? 0 : 1L << at;
  }

  private void step(int at) {
    String word = code.word(at);
    if (word.equals("let")) {
      int equals = code.until(at + 1, '=');
      if (code.is(equals, '=')) {
        boolean block = code.is(at - 1, "if") || code.is(at - 1, "while");
        int end = code.end(equals + 1, block);
        rest -= end - at;
        bind(new Range(at + 1, equals), new Range(equals + 1, end));
      }
    } else if (word.equals("match")) {
      int open = code.end(at + 1, true);
      int begin = open + 1;
      rest -= open - at;
      for (int i = begin; i < code.close(open) && spend(1); i = code.close(i) + 1) {
        if (code.is(i, '=') && code.is(i + 1, '>')) {
          bind(new Range(begin, i), new Range(at + 1, open));
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
        bind(new Range(at + 1, in), new Range(in + 1, code.end(in + 1, true)));
      }
    } else if (code.is(at, '|') && (code.is(at - 1, '(') || code.is(at - 1, "move"))) {
      int end = code.until(at + 1, '|');
      int open = code.is(at - 1, '(') ? at - 1 : at - 2;
      bind(new Range(at + 1, end), new Range(values.chain(open), open));
      if (Sinks.KEEPS.contains(code.word(open - 1)) || code.is(open, ',')) {
        called(new Range(at + 1, end));
      }
    } else if (!word.isEmpty() && code.value(at)) {
      boolean plain = code.is(at + 1, '=') && !code.is(at + 2, '=') && !code.is(at + 2, '>');
      boolean adds =
          code.is(at + 1, '.') && code.is(at + 3, '(') && Values.ADDS.contains(code.word(at + 2));
      if (plain) {
        add(word, mask(new Range(at + 2, code.end(at + 2, false))));
      } else if (adds) {
        add(word, mask(new Range(at + 4, code.close(at + 3))));
      }
    }
  }

  private void bind(Range pattern, Range value) {
    long mask = mask(value);
    for (int i = pattern.from(); i < pattern.to(); i++) {
      String word = code.word(i);
      if (code.is(i, ':')) {
        return;
      }
      if (!word.isEmpty() && Character.isLowerCase(word.charAt(0)) && !code.is(i + 1, '(')) {
        add(word, mask);
      }
    }
  }

  /// Notes the parameters of a closure that is kept for later.
  private void called(Range parameters) {
    for (int i = parameters.from(); i < parameters.to(); i++) {
      boolean typed = code.is(i - 1, ':') || code.separator(i - 1);
      if (!typed && !code.word(i).isEmpty() && Character.isLowerCase(code.word(i).charAt(0))) {
        add(code.word(i), label(Links.INDIRECT));
      }
    }
  }

  private void add(String name, long mask) {
    if (mask != 0 && !name.equals("self")) {
      held.merge(name, mask, (a, b) -> a | b);
    }
  }

  /// Returns the places whose values a range of tokens may hold.
  private long mask(Range range) {
    long all = 0;
    for (int at = range.from(); at < range.to() && spend(1); at++) {
      String word = code.word(at);
      if (word.isEmpty()) {
        for (String name : values.captured(at)) {
          all |= held.getOrDefault(name, 0L);
        }
      } else if (code.is(at + 1, '(')) {
        if (Secrets.seals(word)) {
          at = code.close(at + 1);
        } else {
          String callee = callee(at);
          all |= callee.isEmpty() ? 0 : label(Links.result(callee));
        }
      } else if (word.equals("self") && code.is(at + 1, '.') && !code.is(at + 3, '(')) {
        all |= own(code.word(at + 2));
      } else if (code.value(at)) {
        all |= held.getOrDefault(word, 0L);
        String type = types.get(word);
        if (type != null && code.is(at + 1, '.') && !code.is(at + 3, '(')) {
          all |= label(Links.field(type, code.word(at + 2)));
        }
      }
    }
    return all;
  }

  private long own(String field) {
    return function.type().isEmpty() || field.isEmpty()
        ? 0
        : label(Links.field(function.type(), field)) | label(Links.type(function.type()));
  }

  /// Returns how a function is called; empty for what cannot be one of the crate.
  private String callee(int at) {
    String name = code.word(at);
    if (code.is(at - 1, '.')) {
      return Sinks.COMMON.contains(name) ? "" : "." + name;
    }
    String before = code.separator(at - 1) ? code.word(at - 2) : "";
    if (!before.isEmpty() && Character.isUpperCase(before.charAt(0))) {
      String type = before.equals("Self") ? function.type() : before;
      return type.isEmpty() || !Signatures.own(type) ? "" : type + "::" + name;
    }
    return Character.isUpperCase(name.charAt(0)) ? "" : name;
  }

  private void emit(int at) {
    String word = code.word(at);
    if (code.is(at + 1, '(') && !word.isEmpty() && !code.is(at - 1, "fn")) {
      Range sent = sinks.sent(at);
      if (sent.to() > sent.from()) {
        ways(mask(sent), Links.SENT, at);
      }
      Range run = sinks.run(at);
      if (run.to() > run.from()) {
        ways(mask(run), Links.RUN, at);
        if (sinks.engine(at) && Origin.any(values.origins(run), Origin.FOREIGN)) {
          links.add(Links.RECEIVED, "engine", code.line(at));
          links.add("engine", Links.RUN, code.line(at));
        }
      }
      if (code.is(at - 1, '.') && Sinks.ELSE.contains(word)) {
        paid(new Range(values.chain(at), at), new Range(at + 2, code.close(at + 1)), at);
      }
      handed(at, callee(at));
      read(at, at + 1, Set.of());
    } else if (word.equals("match")) {
      int open = code.end(at + 1, true);
      rest -= open - at;
      paid(new Range(at + 1, open), new Range(open, code.close(open)), at);
    } else if (word.equals("let") && code.is(at - 1, "if")) {
      int equals = code.until(at + 1, '=');
      int open = code.end(equals + 1, true);
      int other = code.close(open) + 1;
      if (code.is(other, "else")) {
        paid(new Range(equals + 1, open), new Range(other + 1, code.close(other + 1)), at);
      }
    } else if (code.separator(at + 1) && code.is(at + 2, '<')) {
      generic(at);
    } else if (code.is(at + 1, '{') && Signatures.literal(code, at)) {
      String type = word.equals("Self") ? function.type() : word;
      for (Range each : code.arguments(at + 1)) {
        boolean pair = code.is(each.from() + 1, ':');
        Range value = pair ? new Range(each.from() + 2, each.to()) : each;
        kept(Links.field(type, code.word(each.from())), value, at);
      }
    } else if (word.equals("self") && code.is(at + 1, '.') && !function.type().isEmpty()) {
      Range value = sinks.stored(at + 2);
      if (value.to() > value.from()) {
        kept(Links.field(function.type(), code.word(at + 2)), value, at);
      }
    }
  }

  /// Reads `answer.payee.unwrap_or_else(|| key.address())`: what was received comes before what is
  /// the user's own.
  private void paid(Range chosen, Range otherwise, int at) {
    boolean own =
        otherwise.to() - otherwise.from() <= 4 && Sinks.CHOOSES.matcher(function.name()).find();
    if (own || sinks.own(otherwise)) {
      ways(mask(chosen), Links.PAID, at);
      if (Origin.any(origins(chosen), Origin.FOREIGN)) {
        links.add(Links.RECEIVED, "choice", code.line(at));
        links.add("choice", Links.PAID, code.line(at));
      }
    }
  }

  private void kept(String place, Range value, int at) {
    ways(mask(value), place, at);
    source(origins(value), place, at);
  }

  private void handed(int at, String callee) {
    if (callee.isEmpty() || Secrets.seals(code.word(at))) {
      return;
    }
    List<Range> given = code.arguments(at + 1);
    for (int i = 0; i < Math.min(8, given.size()); i++) {
      String place = Links.parameter(callee, i);
      ways(mask(given.get(i)), place, at);
      source(origins(given.get(i)), place, at);
      kept(given.get(i), at);
    }
  }

  /// Notes a function that is handed over by its name: what is called later may be that one.
  private void kept(Range given, int at) {
    int name = given.to() - 1;
    String word = code.word(name);
    boolean path = code.separator(name - 1) || functions.contains(word);
    if (path && !word.isEmpty() && Character.isLowerCase(word.charAt(0))) {
      links.add(Links.INDIRECT, Links.parameter(word, 0), code.line(at));
    }
  }

  /// Reads `json::<Feed>()` and `from_str::<Feed>(&text)`: a text becomes a value of a type.
  private void read(int at, int open, Set<String> named) {
    String method = code.word(at);
    boolean body =
        Sinks.BODIES.contains(method)
            && code.close(open) == open + 1
            && !(places.networks().isEmpty() && places.clients().isEmpty());
    if (!body && !Sinks.READS.contains(method)) {
      return;
    }
    Set<String> into = new HashSet<>(named);
    if (named.isEmpty()) {
      into.addAll(function.gives());
      into.addAll(Signatures.declared(code, at));
    }
    Range given = new Range(open + 1, code.close(open));
    long mask = mask(given);
    int origins = body ? Origin.RECEIVED : origins(given) & Origin.FOREIGN;
    for (String each : into) {
      ways(mask, Links.type(each), at);
      source(origins, Links.type(each), at);
    }
  }

  /// Reads the types between `::<` and the bracket of the arguments.
  private void generic(int at) {
    Set<String> named = new HashSet<>();
    int open = at + 3;
    while (open < Math.min(code.size(), at + HEAD) && !code.is(open, '(') && !code.is(open, ';')) {
      if (Signatures.own(code.word(open))) {
        named.add(code.word(open));
      }
      open++;
    }
    if (code.is(open, '(')) {
      read(at, open, named);
    }
  }

  private void gives(Range body) {
    int last = body.from() + 1;
    for (int i = last; i < body.to(); i = code.close(i) + 1) {
      last = code.is(i, ';') ? i + 1 : last;
    }
    kept(Links.result(function.key()), new Range(last, body.to()), last);
    for (int i = body.from(); i < body.to() && spend(1); i++) {
      if (code.is(i, "return")) {
        kept(Links.result(function.key()), new Range(i + 1, code.end(i + 1, false)), i);
      }
    }
  }

  private void source(int origins, String place, int at) {
    if (Origin.any(origins, WORTH)) {
      links.add(Links.SECRET, place, code.line(at));
    }
    if (Origin.any(origins, Origin.FOREIGN)) {
      links.add(Links.RECEIVED, place, code.line(at));
    }
  }

  private void ways(long mask, String place, int at) {
    for (int i = 0; i < labels.size() && mask != 0; i++) {
      if ((mask & (1L << i)) != 0) {
        links.add(labels.get(i), place, code.line(at));
      }
    }
  }
}
