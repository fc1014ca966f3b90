package lazaret.vetting.inspect;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.Hit;
import lazaret.vetting.inspect.source.SourceFacts;

/// What the code shows that runs in one place, over all its sources. Not thread-safe.
final class CodeFacts {
  private static final int MAX_HITS = 16;

  private final EnumMap<Capability, Integer> counts = new EnumMap<>(Capability.class);
  private final EnumMap<Capability, List<Located>> hits = new EnumMap<>(Capability.class);

  /// A place in a source.
  record Located(String path, Hit hit) {
    Signal as(SignalCode code) {
      return Signal.of(code, path, hit.line(), hit.excerpt());
    }

    Signal with(SignalCode code, Located other) {
      String also = hit.excerpt() + " | with " + other.place() + ": " + other.hit().excerpt();
      return Signal.of(code, path, hit.line(), also);
    }

    String place() {
      return path + ":" + hit.line();
    }
  }

  void add(String path, SourceFacts.Shown shown) {
    shown.counts().forEach((what, count) -> counts.merge(what, count, Integer::sum));
    shown
        .hits()
        .forEach(
            (what, places) -> {
              List<Located> known = hits.computeIfAbsent(what, _ -> new ArrayList<>());
              for (Hit hit : places) {
                if (known.size() < MAX_HITS) {
                  known.add(new Located(path, hit));
                }
              }
            });
  }

  boolean has(Capability what) {
    return counts.containsKey(what);
  }

  /// Returns whether any of several is there.
  boolean any(Capability... all) {
    for (Capability what : all) {
      if (has(what)) {
        return true;
      }
    }
    return false;
  }

  int count(Capability what) {
    return counts.getOrDefault(what, 0);
  }

  /// Returns the first places of a capability, by path and line.
  List<Located> of(Capability what) {
    return hits.getOrDefault(what, List.of());
  }

  /// Returns the first place of the first of several that is there.
  Located first(Capability... all) {
    for (Capability what : all) {
      if (!of(what).isEmpty()) {
        return of(what).getFirst();
      }
    }
    throw new IllegalStateException("asked for a place of what is not there");
  }

  List<Capabilities.Held> held(Place where) {
    List<Capabilities.Held> held = new ArrayList<>();
    for (Map.Entry<Capability, Integer> entry : counts.entrySet()) {
      Located first = first(entry.getKey());
      held.add(
          new Capabilities.Held(
              where, entry.getKey(), entry.getValue(), first.path(), first.hit().line()));
    }
    return held;
  }
}
