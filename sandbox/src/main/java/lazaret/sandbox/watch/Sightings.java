package lazaret.sandbox.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lazaret.sandbox.Violation;

/// Collects violations: equal ones are counted, and neither a flood of one origin nor a flood of
/// origins costs more than so much memory or hides the others. Thread-safe.
final class Sightings {
  /// Distinct resources of one kind and one origin, and all entries together.
  static final int MOST_OF_ONE_ORIGIN = 32;

  static final int MOST = 2_048;
  private static final String MORE = "(more of them)";

  private final Map<Key, Integer> counts = new LinkedHashMap<>();
  private final Map<Source, Integer> resources = new HashMap<>();

  private record Key(Source source, String resource, String rule, String allow) {}

  private record Source(Violation.Kind kind, Violation.Origin origin) {}

  /// Adds one, whose own count is not looked at.
  synchronized void add(Violation seen) {
    Source source = new Source(seen.kind(), seen.origin());
    Key key = new Key(source, seen.resource(), seen.rule(), seen.allow());
    if (!counts.containsKey(key) && !hasRoom(source)) {
      boolean known = resources.containsKey(source);
      Source as = known ? source : new Source(seen.kind(), Violation.Origin.UNKNOWN);
      key = new Key(as, MORE, seen.rule(), seen.allow());
    }
    if (counts.merge(key, 1, Sightings::sum) == 1) {
      resources.merge(key.source(), 1, Sightings::sum);
    }
  }

  private boolean hasRoom(Source source) {
    return counts.size() < MOST && resources.getOrDefault(source, 0) < MOST_OF_ONE_ORIGIN;
  }

  private static int sum(int a, int b) {
    return (int) Math.min((long) a + b, Integer.MAX_VALUE);
  }

  /// Returns all so far, in the order in which they were first seen.
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
