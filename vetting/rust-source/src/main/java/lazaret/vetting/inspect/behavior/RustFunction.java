package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.WordSet;

/// A function of a source.
///
/// @param parameters the names of its parameters
record RustFunction(List<String> parameters, Range body) {
  private static final WordSet FN = WordSet.of("fn");
  private static final WordSet TYPES = WordSet.of("impl", "trait", "type");
  private static final int MAX_HEAD = 256;
  private static final int MAX_TYPE = 48;
  private static final int SHORT = 2;

  /// Returns the functions of a source by their names, the first of each name.
  static Map<String, RustFunction> of(SourceTokens code) {
    Map<String, RustFunction> all = new HashMap<>();
    for (int i : code.at(FN)) {
      if (!code.word(i + 1).isEmpty()) {
        add(code, i + 1, all);
      }
    }
    return all;
  }

  private static void add(SourceTokens code, int name, Map<String, RustFunction> all) {
    int most = Math.min(code.size(), name + MAX_HEAD);
    int open = name + 1;
    while (open < most && !code.is(open, '(') && !code.is(open, ';')) {
      open++;
    }
    int body = code.is(open, '(') ? code.close(open) + 1 : code.size();
    int farthest = Math.min(code.size(), body + MAX_HEAD);
    while (body < farthest && !code.is(body, '{') && !code.is(body, ';')) {
      body = code.close(body) + 1;
    }
    if (!code.is(body, '{')) {
      return;
    }
    List<String> parameters = new ArrayList<>();
    for (Range each : code.arguments(open)) {
      int at = each.from();
      while (at < each.to()
          && ValueRounds.NOT_BOUND.contains(code.word(at))
          && !code.is(at, "self")) {
        at++;
      }
      if (code.is(at + 1, ':')) {
        parameters.add(code.word(at));
      }
    }
    all.putIfAbsent(
        code.word(name), new RustFunction(parameters, new Range(body, code.close(body))));
  }

  /// Returns the types and traits with functions in a source.
  static Set<String> types(SourceTokens code) {
    Set<String> types = new HashSet<>(Set.of("Self"));
    for (int i : code.at(TYPES)) {
      for (int k = i + 1; k < Math.min(code.size(), i + MAX_TYPE); k++) {
        if (code.is(k, '{') || code.is(k, ';')) {
          break;
        }
        types.add(code.word(k));
      }
    }
    return types;
  }

  /// Returns whether a call with the name of a function of the source calls that function.
  /// `Other::new` calls another one, unless a type of that name has functions there.
  ///
  /// @param types the types with functions in the source
  static boolean own(SourceTokens code, int at, Set<String> types) {
    String head = code.separator(at - 1) ? code.word(at - 2) : "";
    boolean type = head.length() > SHORT && Character.isUpperCase(head.charAt(0));
    return !type || types.contains(head);
  }
}
