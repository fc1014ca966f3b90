package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.crates.Sha256;

/// What one source shows. Bounded: of each capability the count and the first few places, of the
/// files it pulls in the first few hundred.
///
/// @param code what its code shows
/// @param test what the parts under `#[cfg(test)]` and `#[test]` show
/// @param references the files it pulls in
/// @param tokens the digest of its tokens, comments and spaces left out
/// @param whole whether it was read to its end
public record SourceFacts(
    Shown code, Shown test, List<Reference> references, Sha256 tokens, boolean whole) {
  /// How many files one source can pull in before the rest is left out.
  public static final int MAX_REFERENCES = 4_096;

  /// The digest of a source whose tokens were not hashed.
  public static final Sha256 NO_TOKENS = Sha256.fromDigest(new byte[Sha256.LENGTH]);

  /// Copies the list.
  public SourceFacts {
    references = List.copyOf(references);
  }

  /// Returns how many characters it holds, with a hundred more for each object around them.
  public long weight() {
    long weight = 100 + code.weight() + test.weight();
    for (Reference reference : references) {
      weight += 100;
      for (String candidate : reference.candidates()) {
        weight += 100 + candidate.length();
      }
    }
    return weight;
  }

  /// Capabilities with their places.
  ///
  /// @param counts how often each was met
  /// @param hits the first places of each, in the order of the source
  public record Shown(Map<Capability, Integer> counts, Map<Capability, List<Hit>> hits) {
    /// Nothing.
    public static final Shown NOTHING = new Shown(Map.of(), Map.of());

    /// Copies the maps.
    public Shown {
      counts = Map.copyOf(counts);
      var copies = new TreeMap<Capability, List<Hit>>();
      hits.forEach((what, places) -> copies.put(what, List.copyOf(places)));
      hits = Map.copyOf(copies);
    }

    private long weight() {
      return hits.values().stream()
          .flatMap(List::stream)
          .mapToLong(hit -> 100 + hit.excerpt().length())
          .sum();
    }

    /// Returns whether a capability was met.
    public boolean has(Capability what) {
      return counts.containsKey(what);
    }

    /// Returns the first places of a capability; empty where it was not met.
    public List<Hit> of(Capability what) {
      return hits.getOrDefault(what, List.of());
    }
  }

  /// Collects [Shown]. Not thread-safe.
  static final class Collector {
    /// How many places of one capability are kept of one source.
    static final int MAX_HITS = 8;

    private final EnumMap<Capability, Integer> counts = new EnumMap<>(Capability.class);
    private final EnumMap<Capability, List<Hit>> hits = new EnumMap<>(Capability.class);

    /// Counts a capability; returns whether its place is wanted.
    boolean count(Capability what) {
      return counts.merge(what, 1, Integer::sum) <= MAX_HITS;
    }

    void keep(Hit hit) {
      hits.computeIfAbsent(hit.what(), _ -> new ArrayList<>()).add(hit);
    }

    Shown shown() {
      return counts.isEmpty() ? Shown.NOTHING : new Shown(counts, hits);
    }
  }
}
