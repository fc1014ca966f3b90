package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.code.FlowSteps;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.WordSet;

/// The calls that send to a fixed host, and the calls that run a program or a script, by the
/// relevant argument.
final class SinkCalls {
  /// Methods of the language and of many crates, which are never matched with those of the crate.
  static final Set<String> COMMON =
      Set.of(
          ("get insert push pop map and_then unwrap unwrap_or unwrap_or_else unwrap_or_default"
                  + " expect ok ok_or ok_or_else map_err iter iter_mut into_iter next clone into from"
                  + " as_ref as_str as_bytes as_mut to_string to_owned to_vec collect filter find fold"
                  + " len is_empty contains starts_with ends_with trim split join read write flush"
                  + " lock await new default fmt eq cmp hash drop unwrap_err is_some is_none is_ok"
                  + " is_err take replace extend append remove first last chars bytes lines parse"
                  + " push_str format set send json body header post put patch request text spawn"
                  + " output status arg args env build path exists display with_context context borrow"
                  + " borrow_mut keys values entry or_insert or_insert_with cloned copied rev zip"
                  + " enumerate chain sum min max sort any all")
              .split(" ", -1));

  /// Functions that parse a value of a type.
  static final Set<String> READS = Set.of("from_str", "from_slice", "from_reader", "from_value");

  /// Methods that replace a missing value.
  static final Set<String> ELSE =
      Set.of("unwrap_or", "unwrap_or_else", "map_or", "map_or_else", "or", "or_else");

  private static final Pattern OWN =
      Pattern.compile(
          "^(?:pubkey|public_key|(?:own|my|to|derive|wallet|payer|payee|self)?_?address|(?:derive|own)_pubkey"
              + "|script_pubkey|account_id|try_pubkey|derive_recipient|own_recipient)$");

  static final Pattern CHOOSES =
      Pattern.compile(
          "(?i)(?:deposit|pay(?:ment|out)?|settlement|receiv\\w*|wallet)_?(?:address|account)|recipient|payee|beneficiary|payout_");

  /// Methods that parse the body of a reply.
  static final Set<String> BODIES =
      Set.of("json", "into_json", "body_json", "recv_json", "read_json", "json_body", "into_type");

  /// Methods that store a function for later.
  static final Set<String> KEEPS =
      Set.of(
          ("on register route handler insert add subscribe register_fn command job"
                  + " add_handler handle new with_handler hook on_message push map_fn")
              .split(" ", -1));

  static final Set<String> PAYLOAD =
      Set.of(
          ("body json form send_json send_form send_string send_bytes send_body with_body with_json"
                  + " body_json body_string body_bytes multipart set_body send")
              .split(" ", -1));

  /// Functions and methods whose argument is the destination.
  private static final Set<String> ADDRESSED =
      Set.of("post", "put", "patch", "request", "get", "connect", "send_to");

  private static final WordSet ENGINES =
      WordSet.split(
          "rhai mlua rlua hlua deno_core boa_engine rquickjs rustpython_vm pyo3 koto rune starlark"
              + " gluon wasmtime wasmer v8 steel piccolo dyon quick_js js_sandbox starlark_syntax");
  private static final Set<String> EVALUATES =
      Set.of(
          ("eval eval_with_scope eval_ast eval_expression run run_with_scope compile"
                  + " compile_with_scope load exec execute execute_script eval_script run_script"
                  + " add_raw evaluate run_bound eval_bound from_binary compile_expression"
                  + " into_closure call_fn consume")
              .split(" ", -1));
  private static final Set<String> INTERPRETERS =
      Set.of("sh bash zsh cmd powershell pwsh python python3 node perl ruby".split(" ", -1));

  private static final Pattern HOST =
      Pattern.compile(
          "(?i)(?:^|[a-z]://|\u0002)(?!localhost|127\\.|example\\.|www\\.example)(?:[a-z0-9-]+\\.)+[a-z0-9]{2,}(?:[:/?]|$|\u0002|\u0001)");

  private static final Pattern TRUSTED =
      Pattern.compile("(?:public_|verifying_|trusted_|signing_|root_)?(?:key|pubkey)");

  private static final WordSet VERIFIES = WordSet.of("VerifyingKey", "verify_strict", "Verifier");
  private static final int NEAR = 160;

  private final SourceTokens code;
  private final ValueFlow values;
  private final boolean engines;
  private final BitSet commands;

  /// The first token of [#VERIFIES], or the number of tokens if there is none.
  private final int verifier;

  SinkCalls(SourceTokens code, ValueFlow values, Locations places) {
    this.code = code;
    this.values = values;
    commands = places.commands();
    engines = Arrays.stream(code.at(ENGINES)).anyMatch(i -> !places.tests().get(i));
    verifier = Arrays.stream(code.at(VERIFIES)).findFirst().orElse(code.size());
  }

  /// Returns whether the statement of a call names the destination.
  boolean fixed(int at) {
    if (code.is(at, "send_to")) {
      List<Range> given = code.arguments(at + 1);
      return given.size() > 1 && constant(given.get(1));
    }
    int from = statement(at);
    for (int i = from; i < at; i++) {
      if (ADDRESSED.contains(code.word(i)) && code.is(i + 1, '(')) {
        return constant(new Range(i + 2, code.close(i + 1)));
      }
    }
    return false;
  }

  /// Returns whether the statement of a call takes the destination from a field.
  boolean callers(int at) {
    for (int i = statement(at); i < at; i++) {
      if (ADDRESSED.contains(code.word(i)) && code.is(i + 1, '(')) {
        return given(new Range(i + 2, code.close(i + 1)));
      }
    }
    return false;
  }

  /// Returns whether the statement of a call takes the destination from a name alone, with an
  /// unknown text.
  boolean named(int at) {
    for (int i = statement(at); i < at; i++) {
      if (ADDRESSED.contains(code.word(i)) && code.is(i + 1, '(')) {
        int last = code.close(i + 1) - 1;
        String word = code.word(last);
        boolean alone = last == i + 2 || (last == i + 3 && code.is(i + 2, '&'));
        boolean value = alone && !word.isEmpty() && Character.isLowerCase(word.charAt(0));
        return value && !HOST.matcher(values.texts().of(new Range(last, last + 1))).find();
      }
    }
    return false;
  }

  private boolean given(Range range) {
    boolean name = false;
    for (int i = range.from(); i < range.to(); i++) {
      String word = code.word(i);
      if (!word.isEmpty() && Character.isUpperCase(word.charAt(0))) {
        return false;
      }
      name |= word.equals("self") || (code.is(i - 1, '.') && !code.is(i + 1, '('));
    }
    return name && !HOST.matcher(values.texts().of(range)).find();
  }

  /// Returns the beginning of the statement, including brackets in between.
  private int statement(int at) {
    int from = at;
    while (from > Math.max(0, at - NEAR)
        && !code.is(from, ';')
        && !code.is(from, '{')
        && !code.is(from, '}')) {
      from--;
    }
    return from;
  }

  /// Returns whether an address is a text of the source or a constant.
  private boolean constant(Range range) {
    int end = Math.min(range.to(), range.from() + NEAR);
    if (HOST.matcher(values.texts().of(range.from(), end)).find()) {
      return true;
    }
    for (int i = range.from(); i < end; i++) {
      String word = code.word(i);
      boolean capital = word.length() > 3 && word.equals(word.toUpperCase(Locale.ROOT));
      if (capital && !code.is(i - 1, '.') && code.value(i) && !code.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }

  /// Returns the value that is stored in a field, or an empty range if there is none.
  Range stored(int field) {
    if (code.is(field + 1, '=') && !code.is(field + 2, '=')) {
      return new Range(field + 2, code.end(field + 2, false));
    }
    boolean adds =
        code.is(field + 1, '.')
            && code.is(field + 3, '(')
            && FlowSteps.ADDS.contains(code.word(field + 2));
    return adds ? new Range(field + 4, code.close(field + 3)) : new Range(0, 0);
  }

  /// Reads `self.key` as the value that is used if nothing was received.
  private boolean trusted(Range otherwise) {
    int last = otherwise.from();
    while (last < otherwise.to() && !code.is(last, ',')) {
      last++;
    }
    boolean path = last - otherwise.from() <= 4 && last > otherwise.from() + 2;
    return path && TRUSTED.matcher(code.word(last - 1)).matches() && code.is(last - 3, "self");
  }

  /// Returns whether the source verifies, at the cost of a search up to the first such word.
  private boolean verifies() {
    if (!code.whole()) {
      return false;
    }
    return code.spend(Math.min(verifier + 1, code.size())) && verifier < code.size();
  }

  /// Returns whether an address is made from a key of the user.
  boolean own(Range range) {
    if (verifies() && trusted(range)) {
      return true;
    }
    for (int i = range.from(); i < range.to() && code.spend(1); i++) {
      boolean call = code.is(i + 1, '(') && (code.is(i - 1, '.') || code.separator(i - 1));
      if (call && OWN.matcher(code.word(i)).find()) {
        return true;
      }
    }
    return false;
  }

  /// Returns the argument that a call runs, or an empty range for other calls.
  Range run(int at) {
    String word = code.word(at);
    if (code.separator(at - 1) && !word.startsWith("from_") && started(at)) {
      return new Range(at + 2, code.close(at + 1));
    }
    boolean argument = word.equals("arg") || word.equals("args");
    if (argument && code.is(at - 1, '.') && interpreted(at)) {
      return new Range(at + 2, code.close(at + 1));
    }
    return engine(at) ? new Range(at + 2, code.close(at + 1)) : new Range(0, 0);
  }

  /// Returns whether a call passes a text to a script engine.
  boolean engine(int at) {
    boolean call = code.is(at - 1, '.') || code.separator(at - 1);
    boolean module =
        code.is(at, "new") && (code.is(at - 2, "Module") || code.is(at - 2, "Component"));
    return engines && call && (module || EVALUATES.contains(code.word(at))) && code.is(at + 1, '(');
  }

  private boolean started(int at) {
    int head = at;
    while (code.separator(head - 1) && !code.word(head - 2).isEmpty()) {
      head -= 2;
    }
    return commands.get(head) || commands.get(at - 2);
  }

  /// Returns whether the chain before an argument starts an interpreter.
  private boolean interpreted(int at) {
    int from = statement(at);
    for (int i = from; i < at; i++) {
      if (code.string(i) && INTERPRETERS.contains(code.literal(i))) {
        return true;
      }
    }
    return false;
  }
}
