package lazaret.vetting.inspect.behavior;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.FunctionSignatures.Signature;
import lazaret.vetting.inspect.behavior.SendCalls.Dispatch;
import lazaret.vetting.inspect.code.CallerData;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.reach.ValueLinks;

/// The search for data flows between the functions, fields and types of a source, one function
/// after the other. Bounded, used once.
///
/// The possible contents of a name are a set of locations, as bits. A function with more locations
/// than bits is followed in part.
final class ValueLinkScan {
  private static final int ROUNDS = 2;
  private static final int HEAD = 96;

  private static final int WORTH =
      ValueOrigin.SECRET
          | ValueOrigin.CREDENTIAL
          | ValueOrigin.ENVIRONMENT
          | ValueOrigin.CLIPBOARD
          | ValueOrigin.DEVICE;

  /// Methods that store their argument where another thread or call takes it.
  private static final Set<String> GIVES =
      Set.of(
          ("send try_send blocking_send send_async push push_back insert set store replace extend"
                  + " push_str append get_or_init enqueue unbounded_send set_value swap")
              .split(" ", -1));

  private final SourceTokens code;
  private final ValueFlow values;
  private final Locations places;
  private final SinkCalls sinks;
  private final Set<String> names = new HashSet<>();
  private final Map<String, Integer> bodies = new HashMap<>();
  private final ValueLinks.Builder links = new ValueLinks.Builder();
  private final NameScope scope;
  private final SendCalls dispatches;
  private Signature function = Signature.NONE;

  private ValueLinkScan(SourceTokens code, ValueFlow values, Locations places, SinkCalls sinks) {
    this.code = code;
    this.values = values;
    this.places = places;
    this.sinks = sinks;
    dispatches = new SendCalls(code, values, places);
    scope = new NameScope(code, values, dispatches);
  }

  /// Returns the data flows of a source. Only a source of a crate that reaches the network, or one
  /// with a secret, is scanned.
  static ValueLinks find(SourceTokens code, ValueFlow values, Locations places, SinkCalls sinks) {
    boolean may = places.reaches() || !places.networks().isEmpty() || values.any(WORTH);
    return may ? new ValueLinkScan(code, values, places, sinks).find() : ValueLinks.NONE;
  }

  private ValueLinks find() {
    var signatures = new FunctionSignatures(code, places.marked());
    signatures
        .fields()
        .forEach(
            (type, inner) ->
                inner.forEach(each -> links.add(ValueLinks.type(type), ValueLinks.type(each), 0)));
    dispatches.constants(links);
    signatures.functions().forEach(each -> names.add(each.name()));
    signatures
        .declared()
        .forEach(
            (field, source) -> {
              links.add(source, field, 0);
              links.add(field, ValueLinks.whole(field), 0);
            });
    for (Signature each : signatures.functions()) {
      links.function(each.key());
      if (!links.full()) {
        follow(each);
      }
    }
    return links.links();
  }

  private void follow(Signature each) {
    function = each;
    scope.enter(each);
    bodies.clear();
    int end = each.body().to();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = each.body().from(); i < end && scope.spend(1); i++) {
        scope.step(i);
      }
    }
    for (int i = each.body().from(); i < end && scope.spend(1); i++) {
      emit(i);
    }
    gives(each.body());
  }

  private int origins(Range range) {
    return scope.spend(range.to() - range.from()) ? values.origins(range) : 0;
  }

  private void emit(int at) {
    String word = code.word(at);
    dispatched(at);
    if (word.isEmpty()) {
      return;
    }
    pooled(at);
    if (code.is(at + 1, '(') && !code.is(at - 1, "fn")) {
      Range run = sinks.run(at);
      if (run.to() > run.from()) {
        ways(scope.mask(run), ValueLinks.RUN, at);
        if (sinks.engine(at) && ValueOrigin.any(values.origins(run), ValueOrigin.FOREIGN)) {
          links.add(ValueLinks.RECEIVED, "engine", code.line(at));
          links.add("engine", ValueLinks.RUN, code.line(at));
        }
      }
      if (code.is(at - 1, '.') && SinkCalls.ELSE.contains(word)) {
        paid(new Range(values.chain(at), at), new Range(at + 2, code.close(at + 1)), at);
      }
      String callee = FunctionSignatures.callee(code, at, function.type());
      handed(at, callee);
      if (callee.startsWith(".")) {
        ways(scope.mask(new Range(values.chain(at), at - 1)), ValueLinks.receiver(word), at);
      }
      passed(at);
      read(at, at + 1, Set.of());
    } else if (word.equals("match")) {
      int open = code.end(at + 1, true);
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
    } else if (code.is(at + 1, '{') && FunctionSignatures.literal(code, at)) {
      String type = word.equals("Self") ? function.type() : word;
      for (Range each : code.arguments(at + 1)) {
        boolean pair = code.is(each.from() + 1, ':');
        Range value = pair ? new Range(each.from() + 2, each.to()) : each;
        kept(ValueLinks.field(type, code.word(each.from())), value, at);
      }
    } else if (word.equals("self") && code.is(at + 1, '.') && !function.type().isEmpty()) {
      Range value = sinks.stored(at + 2);
      if (value.to() > value.from()) {
        kept(ValueLinks.field(function.type(), code.word(at + 2)), value, at);
      }
    }
  }

  /// Records the destination and the data of a call that sends.
  private void dispatched(int at) {
    Dispatch found = dispatches.at(at);
    if (found == null || places.tests().get(at)) {
      return;
    }
    String where = ValueLinks.address(code.line(at), found.explicit(code));
    if (!found.host().isEmpty()) {
      links.add(ValueLinks.host(found.host()), where, code.line(at));
    } else {
      ways(scope.mask(found.address()), where, at);
      if (found.explicit(code)) {
        links.add(ValueLinks.CALLER, where, code.line(at));
      }
    }
    String what =
        found.vouches() ? ValueLinks.credential(code.line(at)) : ValueLinks.payload(code.line(at));
    copied(found, at);
    for (Range each : found.sent()) {
      long mask = scope.mask(each);
      ways(mask, what, at);
      source(origins(each), what, at);
      if (CallerData.unnamed(code, at, values.texts().of(each)) && !found.vouches()) {
        ways(mask, ValueLinks.plain(code.line(at)), at);
      }
      if (scope.coded(mask) && !found.vouches()) {
        ways(mask, ValueLinks.coded(code.line(at)), at);
      }
    }
  }

  /// Records that a call sends the same value as an earlier one.
  private void copied(Dispatch found, int at) {
    if (!found.explicit(code) || !SinkCalls.PAYLOAD.contains(code.word(at))) {
      return;
    }
    for (Range each : found.sent()) {
      String name = code.word(each.to() - 1);
      if (each.to() - each.from() <= 2 && !name.isEmpty()) {
        Integer before = bodies.putIfAbsent(name, code.line(at));
        if (before != null && before != code.line(at)) {
          links.add(ValueLinks.copy(before), ValueLinks.payload(code.line(at)), code.line(at));
          links.add(ValueLinks.copy(code.line(at)), ValueLinks.payload(before), before);
        }
      }
    }
  }

  /// Reads `profiles().and_then(locate::sync)`: a named function receives the previous value.
  private void passed(int at) {
    int last = code.close(at + 1) - 1;
    boolean one = code.is(at - 1, '.') && last > at + 1 && !code.word(last).isEmpty();
    for (int i = at + 2; one && i < last; i++) {
      one = code.separator(i) || !code.word(i).isEmpty();
    }
    if (one && code.word(at + 2).chars().noneMatch(Character::isUpperCase)) {
      boolean path = code.separator(last - 1);
      String callee =
          path ? FunctionSignatures.callee(code, last, function.type()) : code.word(last);
      if (!callee.isEmpty() && (path || names.contains(callee))) {
        Range before = new Range(values.chain(at), at);
        ways(scope.mask(before), ValueLinks.parameter(callee, 0), at);
        source(origins(before), ValueLinks.parameter(callee, 0), at);
      }
    }
  }

  /// Records the values that a method puts into a static, a channel or a field.
  private void pooled(int at) {
    String word = code.word(at);
    if (CallerData.constant(word) && code.is(at + 1, '.') && code.value(at)) {
      kept(ValueLinks.constant(word), new Range(at + 1, code.end(at + 1, false)), at);
    } else if (GIVES.contains(word) && code.is(at - 1, '.') && code.is(at + 1, '(')) {
      Range given = new Range(at + 2, code.close(at + 1));
      Range receiver = new Range(values.chain(at), at);
      long into = CallerData.plainly(code, receiver) ? scope.mask(receiver) : 0;
      List<String> labels = scope.labels();
      int known = labels.size();
      for (int i = 0; i < known && given.to() > given.from(); i++) {
        boolean named = ValueLinks.channel(labels.get(i)) || named(receiver, labels.get(i));
        if ((into & (1L << i)) != 0 && named && ValueLinks.pool(labels.get(i))) {
          kept(labels.get(i), given, at);
        }
      }
    }
  }

  /// Returns whether an expression names a field or static itself, rather than a value made of it.
  private boolean named(Range receiver, String place) {
    String name = place.substring(Math.max(place.lastIndexOf('.'), place.lastIndexOf(' ')) + 1);
    for (int i = receiver.from(); i < receiver.to(); i++) {
      if (code.is(i, name)) {
        return true;
      }
    }
    return false;
  }

  /// Reads `answer.payee.unwrap_or_else(|| key.address())`: received data has precedence over the
  /// user's own.
  private void paid(Range chosen, Range otherwise, int at) {
    boolean own =
        otherwise.to() - otherwise.from() <= 4 && SinkCalls.CHOOSES.matcher(function.name()).find();
    if (own || sinks.own(otherwise)) {
      ways(scope.mask(chosen), ValueLinks.PAID, at);
      if (ValueOrigin.any(origins(chosen), ValueOrigin.FOREIGN)) {
        links.add(ValueLinks.RECEIVED, "choice", code.line(at));
        links.add("choice", ValueLinks.PAID, code.line(at));
      }
    }
  }

  private void kept(String place, Range value, int at) {
    String whole = ValueLinks.whole(place);
    if (!whole.isEmpty()) {
      links.add(place, whole, code.line(at));
    }
    if (CallerData.drawn(code, place, value)) {
      links.add(ValueLinks.SECRET, place, code.line(at));
    }
    ways(scope.mask(value), place, at);
    addressed(value, place, at);
    source(origins(value), place, at);
  }

  private void handed(int at, String callee) {
    if (callee.isEmpty() || values.seals(at)) {
      return;
    }
    List<Range> given = code.arguments(at + 1);
    for (int i = 0; i < Math.min(8, given.size()); i++) {
      String place = ValueLinks.parameter(callee, i);
      ways(scope.mask(given.get(i)), place, at);
      addressed(given.get(i), place, at);
      source(origins(given.get(i)), place, at);
      kept(given.get(i), at);
    }
  }

  /// Records a function that is passed by its name: a later call may mean it.
  private void kept(Range given, int at) {
    int name = given.to() - 1;
    String word = code.word(name);
    boolean path = code.separator(name - 1) || names.contains(word);
    if (path && !word.isEmpty() && Character.isLowerCase(word.charAt(0))) {
      links.add(ValueLinks.INDIRECT, ValueLinks.parameter(word, 0), code.line(at));
    }
  }

  /// Reads `json::<Feed>()` and `from_str::<Feed>(&text)`: a text becomes a value of a type.
  private void read(int at, int open, Set<String> named) {
    String method = code.word(at);
    boolean body =
        SinkCalls.BODIES.contains(method)
            && code.close(open) == open + 1
            && !(places.networks().isEmpty() && places.clients().isEmpty());
    if (!body && !SinkCalls.READS.contains(method)) {
      return;
    }
    Set<String> into = new HashSet<>(named);
    if (named.isEmpty()) {
      into.addAll(function.gives());
      into.addAll(FunctionSignatures.declared(code, at));
    }
    Range given = new Range(open + 1, code.close(open));
    long mask = scope.mask(given);
    int origins = body ? ValueOrigin.RECEIVED : origins(given) & ValueOrigin.FOREIGN;
    for (String each : into) {
      ways(mask, ValueLinks.type(each), at);
      source(origins, ValueLinks.type(each), at);
    }
  }

  /// Reads the types between `::<` and the bracket of the arguments.
  private void generic(int at) {
    Set<String> named = new HashSet<>();
    int open = at + 3;
    while (open < Math.min(code.size(), at + HEAD) && !code.is(open, '(') && !code.is(open, ';')) {
      if (FunctionSignatures.own(code.word(open))) {
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
    kept(ValueLinks.result(function.key()), new Range(last, body.to()), last);
    for (int i = body.from(); i < body.to() && scope.spend(1); i++) {
      if (code.is(i, "return")) {
        kept(ValueLinks.result(function.key()), new Range(i + 1, code.end(i + 1, false)), i);
      }
    }
  }

  /// Records that a value names a host.
  private void addressed(Range value, String place, int at) {
    if (value.to() - value.from() < HEAD) {
      String host = dispatches.literal(value);
      if (!host.isEmpty()) {
        links.add(ValueLinks.host(host), place, code.line(at));
      }
    }
  }

  private void source(int origins, String place, int at) {
    boolean file =
        ValueOrigin.any(origins, ValueOrigin.FILE) && ValueOrigin.any(origins, ValueOrigin.HOME);
    if (file || ValueOrigin.any(origins, WORTH)) {
      links.add(ValueLinks.SECRET, place, code.line(at));
    }
    if (file || ValueOrigin.any(origins, ValueOrigin.CREDENTIAL, ValueOrigin.ENVIRONMENT)) {
      links.add(ValueLinks.AMBIENT, place, code.line(at));
    }
    if (ValueOrigin.any(origins, ValueOrigin.MACHINE, ValueOrigin.USER)) {
      links.add(ValueLinks.MACHINE, place, code.line(at));
    }
    if (ValueOrigin.any(origins, ValueOrigin.FOREIGN)) {
      links.add(ValueLinks.RECEIVED, place, code.line(at));
    }
  }

  private void ways(long mask, String place, int at) {
    long plain = scope.coded(mask) ? mask & ~scope.label(NameScope.MARK) : mask;
    links.addAll(plain, scope.labels(), place, code.line(at));
  }
}
