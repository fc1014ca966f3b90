package lazaret.sandbox.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.sandbox.Violation;

/// A collector of violations that counts equal ones. Its memory is bounded, and a flood from one
/// origin or from many origins does not hide other violations. Thread-safe.
final class ViolationCollector {
  /// The largest number of distinct resources of one kind and one origin.
  static final int MOST_OF_ONE_ORIGIN = 32;

  static final int MOST = 2_048;
  private static final String MORE = "(more of them)";

  private final Map<Key, Integer> counts = new LinkedHashMap<>();
  private final Map<Source, Integer> resources = new HashMap<>();

  private record Key(Source source, String resource, String rule, String allow) {}

  private record Source(Violation.Kind kind, Violation.Origin origin) {}

  /// Adds one occurrence of a violation; its own count is ignored.
  synchronized void add(Violation seen) {
    Source source = new Source(seen.kind(), seen.origin());
    Key key = new Key(source, seen.resource(), seen.rule(), seen.allow());
    if (!counts.containsKey(key) && !isNotFull(source)) {
      boolean known = resources.containsKey(source);
      Source as = known ? source : new Source(seen.kind(), Violation.Origin.UNKNOWN);
      key = new Key(as, MORE, seen.rule(), seen.allow());
    }
    if (counts.merge(key, 1, ViolationCollector::sum) == 1) {
      resources.merge(key.source(), 1, ViolationCollector::sum);
    }
  }

  private boolean isNotFull(Source source) {
    return counts.size() < MOST && resources.getOrDefault(source, 0) < MOST_OF_ONE_ORIGIN;
  }

  private static int sum(int a, int b) {
    return (int) Math.min((long) a + b, Integer.MAX_VALUE);
  }

  /// Returns all violations so far, in the order of their first occurrence.
  synchronized List<Violation> list() {
    List<Violation> list = new ArrayList<>();
    counts.forEach(
        (key, count) ->
            list.add(
                new Violation(
                    key.source().kind(),
                    key.resource(),
                    key.source().origin(),
                    count,
                    key.rule(),
                    key.allow())));
    return list;
  }
}
