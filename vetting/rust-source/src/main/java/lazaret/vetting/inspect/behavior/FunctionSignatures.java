package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.inspect.code.CallerData;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.WordSet;
import lazaret.vetting.inspect.reach.ValueLinks;

/// The functions of a source with the types in their signatures, and the types into which texts are
/// parsed with those of their fields. One pass over the source; bounded.
final class FunctionSignatures {
  private static final WordSet BEGIN = WordSet.of("impl", "struct", "enum", "fn");
  private static final int HEAD = 256;
  private static final int MAX_FUNCTIONS = 1_024;
  private static final int MAX_TYPES = 512;
  private static final int ATTRIBUTES = 96;
  private static final Set<String> COMMON =
      Set.of(
          "Self",
          "Option",
          "Result",
          "Vec",
          "String",
          "Box",
          "Arc",
          "Rc",
          "HashMap",
          "BTreeMap",
          "Ok",
          "Some",
          "Err",
          "None",
          "Error",
          "Path",
          "PathBuf",
          "Cow",
          "VecDeque",
          "HashSet",
          "Value",
          "Bytes",
          "Duration",
          "Deserialize",
          "Serialize",
          "Debug",
          "Clone",
          "Default",
          "Fn",
          "FnMut",
          "FnOnce",
          "Send",
          "Sync",
          "Into",
          "From",
          "AsRef",
          "Iterator",
          "IntoIterator",
          "Mutex",
          "RwLock",
          "T",
          "E",
          "K",
          "V",
          "C",
          "S");

  /// Common methods that types of many crates have with more arguments than those of the language.
  private static final Set<String> SEVERAL =
      Set.of("push", "send", "post", "put", "request", "write", "text", "patch", "body");

  private static final Set<String> KEYWORDS =
      Set.of(
          "let", "if", "match", "while", "for", "in", "return", "move", "loop", "as", "mut", "ref");

  private final SourceTokens code;
  private final List<Signature> functions = new ArrayList<>();
  private final Map<String, Set<String>> fields = new HashMap<>();
  private final Map<String, String> declared = new HashMap<>();

  /// A parameter.
  ///
  /// @param type its type, if that may be one of the crate; empty otherwise
  record Parameter(String name, String type) {}

  /// A function.
  ///
  /// @param type the type of which it is a method; empty if there is none
  /// @param gives the types in its result
  record Signature(
      String name, String type, List<Parameter> parameters, Set<String> gives, Range body) {
    static final Signature NONE = new Signature("", "", List.of(), Set.of(), new Range(0, 0));

    /// Returns the name by which calls are matched.
    String key() {
      return type.isEmpty() ? name : type + "::" + name;
    }
  }

  FunctionSignatures(SourceTokens code, BitSet tests) {
    this.code = code;
    String type = "";
    int end = 0;
    for (int i : code.at(BEGIN)) {
      if (tests.get(i)) {
        continue;
      }
      if (i >= end) {
        type = "";
      }
      if (code.is(i, "impl") && i >= end) {
        int open = brace(i + 1);
        type = implemented(i + 1, open);
        end = code.close(open);
      } else if (code.is(i, "struct") || code.is(i, "enum")) {
        structure(i);
      } else if (code.is(i, "fn") && functions.size() < MAX_FUNCTIONS) {
        function(i + 1, type);
      }
    }
  }

  List<Signature> functions() {
    return functions;
  }

  /// Returns the types into which texts are parsed, each with those in its fields.
  Map<String, Set<String>> fields() {
    return fields;
  }

  /// Returns the fields that are credentials by their names, each with its flow source.
  Map<String, String> declared() {
    return declared;
  }

  /// Returns whether a word may be a type of the crate.
  static boolean own(String word) {
    return !word.isEmpty() && Character.isUpperCase(word.charAt(0)) && !COMMON.contains(word);
  }

  /// Returns the types of `let x: Feed = ..` in the statement before a token.
  static Set<String> declared(SourceTokens code, int at) {
    Set<String> all = new HashSet<>();
    int from = at;
    while (from > Math.max(0, at - ATTRIBUTES) && !code.is(from, ';') && !code.is(from, "let")) {
      from--;
    }
    for (int i = from; code.is(from, "let") && i < at && !code.is(i, '='); i++) {
      if (own(code.word(i))) {
        all.add(code.word(i));
      }
    }
    return all;
  }

  /// Returns whether a name before a brace makes a value with fields.
  static boolean literal(SourceTokens code, int at) {
    String word = code.word(at);
    boolean type = !word.isEmpty() && Character.isUpperCase(word.charAt(0));
    boolean declares =
        code.is(at - 1, '>')
            || code.is(at - 1, "struct")
            || code.is(at - 1, "enum")
            || code.is(at - 1, "impl")
            || code.is(at - 1, "for")
            || code.is(at - 1, "trait")
            || code.is(at - 1, "union");
    return type && !declares;
  }

  /// Returns the key of the function that a call means, or the empty text if it cannot be one of
  /// the crate.
  ///
  /// @param within the type of the function around the call
  static String callee(SourceTokens code, int at, String within) {
    String name = code.word(at);
    if (KEYWORDS.contains(name)) {
      return "";
    }
    if (code.is(at - 1, '.')) {
      boolean common = SinkCalls.COMMON.contains(name);
      boolean several = SEVERAL.contains(name) && code.arguments(at + 1).size() > 1;
      return common && !several ? "" : "." + name;
    }
    String before = code.separator(at - 1) ? code.word(at - 2) : "";
    if (!before.isEmpty() && Character.isUpperCase(before.charAt(0))) {
      String type = before.equals("Self") ? within : before;
      return type.isEmpty() || !own(type) ? "" : type + "::" + name;
    }
    return Character.isUpperCase(name.charAt(0)) ? "" : name;
  }

  private int brace(int from) {
    int at = from;
    while (at < Math.min(code.size(), from + HEAD) && !code.is(at, '{') && !code.is(at, ';')) {
      at = code.close(at) + 1;
    }
    return at;
  }

  /// Returns the type of `impl A for B<C>`: the first name after `for`, or the first one.
  private String implemented(int from, int open) {
    int begin = from;
    for (int i = from; i < open; i++) {
      begin = code.is(i, "for") ? i + 1 : begin;
    }
    int depth = 0;
    for (int i = begin; i < open; i++) {
      depth += code.is(i, '<') ? 1 : code.is(i, '>') ? -1 : 0;
      String word = code.word(i);
      if (depth == 0 && !word.isEmpty() && Character.isUpperCase(word.charAt(0))) {
        return word;
      }
    }
    return "";
  }

  private void structure(int at) {
    boolean reads = false;
    for (int i = at - 1; i > Math.max(0, at - ATTRIBUTES); i--) {
      if (code.is(i, ';') || code.is(i, '}')) {
        break;
      }
      reads |= code.is(i, "Deserialize") || code.is(i, "DeserializeOwned");
    }
    int open = brace(at + 1);
    for (int i = open + 1; code.is(open, '{') && i < code.close(open) && code.spend(1); i++) {
      String source = code.is(i + 1, ':') ? CallerData.ofName(code.word(i)) : "";
      if (!source.isEmpty() && declared.size() < MAX_TYPES) {
        declared.put(ValueLinks.field(code.word(at + 1), code.word(i)), source);
      }
    }
    if (!reads || !code.is(open, '{') || fields.size() >= MAX_TYPES) {
      return;
    }
    Set<String> inner = new HashSet<>();
    for (int i = open + 1; i < code.close(open) && inner.size() < HEAD && code.spend(1); i++) {
      if (own(code.word(i))) {
        inner.add(code.word(i));
      }
    }
    fields.put(code.word(at + 1), inner);
  }

  private void function(int name, String type) {
    int open = name + 1;
    int most = Math.min(code.size(), name + HEAD);
    while (open < most && !code.is(open, '(') && !code.is(open, ';')) {
      open++;
    }
    int behind = code.close(open) + 1;
    int body = brace(behind);
    if (!code.is(open, '(') || !code.is(body, '{')) {
      return;
    }
    List<Parameter> parameters = new ArrayList<>();
    for (Range each : code.arguments(open)) {
      parameter(each).ifPresent(parameters::add);
    }
    Set<String> gives = new HashSet<>();
    for (int i = behind; i < body; i++) {
      String word = code.is(i, "Self") ? type : code.word(i);
      if (own(word)) {
        gives.add(word);
      }
    }
    functions.add(
        new Signature(code.word(name), type, parameters, gives, new Range(body, code.close(body))));
  }

  private Optional<Parameter> parameter(Range range) {
    int at = range.from();
    while (at < range.to() && (code.is(at, "mut") || code.is(at, "ref"))) {
      at++;
    }
    if (!code.is(at + 1, ':') || code.is(at, "self")) {
      return code.is(at + 1, ':') || selfish(range)
          ? Optional.empty()
          : Optional.of(new Parameter("", ""));
    }
    String type = "";
    for (int i = at + 2; i < range.to() && type.isEmpty(); i++) {
      type = own(code.word(i)) ? code.word(i) : "";
    }
    return Optional.of(new Parameter(code.word(at), type));
  }

  private boolean selfish(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      if (code.is(i, "self")) {
        return true;
      }
    }
    return false;
  }
}
