package lazaret.vetting.inspect.source;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Functions of one source whose names differ only by digits and letters that look alike. Not
/// thread-safe.
final class SimilarNames {
  private static final int SHORTEST = 4;
  private static final int MAX = 8_192;

  private final Map<String, String> functions = new HashMap<>();

  /// Records a function and returns it with the earlier one that it looks like, or empty if there
  /// is none.
  Optional<String> twin(String name) {
    if (name.length() < SHORTEST || functions.size() >= MAX) {
      return Optional.empty();
    }
    String shape = shape(name);
    String other = functions.putIfAbsent(shape, name);
    boolean twins = other != null && !other.equals(name) && !other.equalsIgnoreCase(name);
    return twins ? Optional.of(name + " beside " + other) : Optional.empty();
  }

  private static String shape(String name) {
    return name.replace('I', 'l')
        .replace('1', 'l')
        .replace('0', 'o')
        .replace('O', 'o')
        .replace("rn", "m")
        .replace("vv", "w");
  }
}
