package lazaret.vetting.inspect.behavior;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.inspect.behavior.Code.Range;

/// A function of a source.
///
/// @param parameters their names
record Function(List<String> parameters, Range body) {
  private static final int MAX_HEAD = 256;

  /// Returns the functions of a source by their names, the first of each.
  static Map<String, Function> of(Code code) {
    Map<String, Function> all = new HashMap<>();
    for (int i = 0; i < code.size(); i++) {
      if (code.is(i, "fn") && !code.word(i + 1).isEmpty()) {
        add(code, i + 1, all);
      }
    }
    return all;
  }

  private static void add(Code code, int name, Map<String, Function> all) {
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
      while (at < each.to() && Values.NOT_BOUND.contains(code.word(at)) && !code.is(at, "self")) {
        at++;
      }
      if (code.is(at + 1, ':')) {
        parameters.add(code.word(at));
      }
    }
    all.putIfAbsent(code.word(name), new Function(parameters, new Range(body, code.close(body))));
  }
}
