package lazaret.bench;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The figures that a program printed, one a line, each after its name.
///
/// @param values figures by name; for a repeated name the last one
record PrintedFigures(Map<String, Double> values) {
  static PrintedFigures of(List<String> lines) {
    Map<String, Double> values = new HashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
    }
    return new PrintedFigures(values);
  }

  /// Returns these figures and another one, which replaces one of its name.
  PrintedFigures with(String name, double value) {
    Map<String, Double> more = new HashMap<>(values);
    more.put(name, value);
    return new PrintedFigures(more);
  }

  double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("the run printed no " + name);
    }
    return value;
  }
}
