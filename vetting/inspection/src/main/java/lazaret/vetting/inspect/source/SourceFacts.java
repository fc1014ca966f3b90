package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.particular.SourceParticulars;
import lazaret.vetting.inspect.reach.ValueLinks;

/// The facts about one source. Bounded: the count and the first few occurrences of each capability,
/// and the first few hundred files that it pulls in.
///
/// @param code the capabilities of its code
/// @param test the capabilities of the parts under `#[cfg(test)]`
/// @param marked the capabilities of the parts under `#[test]` and `#[bench]`; they count as code
///   if macros of other crates are in scope, because the attribute may be theirs
/// @param references the files that it pulls in
/// @param tokens the digest of its tokens, without comments and spaces
/// @param whole whether it was read to its end and nothing was dropped
/// @param traits the properties other than capabilities, with the line of the first occurrence
/// @param macros the macros and calls that may build paths
/// @param particulars the particulars, by which releases are compared
/// @param links the data flows to other sources
public record SourceFacts(
    Shown code,
    Shown test,
    Shown marked,
    List<SourceReference> references,
    Sha256 tokens,
    boolean whole,
    Map<Trait, Integer> traits,
    MacroUse macros,
    SourceParticulars particulars,
    ValueLinks links) {
  /// The maximum number of files that one source can pull in; more are dropped.
  public static final int MAX_REFERENCES = 4_096;

  /// The digest of a source whose tokens were not hashed.
  public static final Sha256 NO_TOKENS = Sha256.fromDigest(new byte[Sha256.LENGTH]);

  /// Properties of a source that affect the meaning of other sources.
  public enum Trait {
    /// The directive by which a build script sets a `cfg`.
    SETS_CFG,
    /// A text that is `test`, or ends with `=test`.
    NAMES_TEST,
    /// File names that macros or the environment complete.
    COMPUTES_NAMES,
    /// More texts that may be paths of files than are kept.
    NAMES_MANY,
    /// Imports of other crates that may hide attributes of the language: `#[macro_use] extern
    /// crate`, a glob, or a single name.
    IMPORTS_MACROS
  }

  /// Copies the collections.
  public SourceFacts {
    references = List.copyOf(references);
    traits = Map.copyOf(traits);
  }

  /// Returns whether the source has a property.
  public boolean has(Trait trait) {
    return traits.containsKey(trait);
  }

  /// Returns whether the source has a capability in any part.
  public boolean shows(Capability what) {
    return code.has(what) || test.has(what) || marked.has(what);
  }

  /// Returns the facts of a source that has two readings: those of both together.
  SourceFacts or(SourceFacts other) {
    var both = new ArrayList<>(references);
    both.addAll(other.references);
    var all = new EnumMap<Trait, Integer>(Trait.class);
    all.putAll(other.traits);
    all.putAll(traits);
    return new SourceFacts(
        code.and(other.code),
        test.and(other.test),
        marked.and(other.marked),
        both.stream().distinct().toList(),
        tokens,
        whole && other.whole,
        all,
        macros.or(other.macros),
        particulars.or(other.particulars),
        links.or(other.links));
  }

  /// Returns the facts with further capabilities of the parts.
  SourceFacts showing(Map<MacroUse.Region, Shown> more) {
    return new SourceFacts(
        code.and(more.getOrDefault(MacroUse.Region.CODE, Shown.NOTHING)),
        test.and(more.getOrDefault(MacroUse.Region.TEST, Shown.NOTHING)),
        marked.and(more.getOrDefault(MacroUse.Region.MARKED, Shown.NOTHING)),
        references,
        tokens,
        whole,
        traits,
        macros,
        particulars,
        links);
  }

  /// Returns the memory use: the number of characters, and a hundred for each object.
  public long weight() {
    long weight = 100 + code.weight() + test.weight() + marked.weight() + macros.weight();
    weight += particulars.weight() + links.weight();
    for (SourceReference reference : references) {
      weight += 100;
      for (String candidate : reference.candidates()) {
        weight += 100 + candidate.length();
      }
    }
    return weight;
  }

  /// Capabilities with their occurrences.
  ///
  /// @param counts the number of occurrences of each
  /// @param hits the first occurrences of each, in the order of the source
  public record Shown(Map<Capability, Integer> counts, Map<Capability, List<CapabilityUse>> hits) {
    /// An empty set of capabilities.
    public static final Shown NOTHING = new Shown(Map.of(), Map.of());

    /// Copies the maps.
    public Shown {
      counts = Map.copyOf(counts);
      var copies = new TreeMap<Capability, List<CapabilityUse>>();
      hits.forEach((what, places) -> copies.put(what, List.copyOf(places)));
      hits = Map.copyOf(copies);
    }

    private Shown and(Shown other) {
      var both = new Collector(OccurrenceBudget.none());
      for (Shown shown : List.of(this, other)) {
        shown.counts.forEach((what, count) -> both.counts.merge(what, count, Math::max));
        for (List<CapabilityUse> places : shown.hits.values()) {
          places.forEach(hit -> both.keepOnce(hit, most(other, hit.what())));
        }
      }
      return both.shown();
    }

    /// Returns the number of occurrences of a capability that both together keep: the first few, or
    /// all if one of both has more.
    private int most(Shown other, Capability what) {
      int largest = Math.max(of(what).size(), other.of(what).size());
      return largest > Collector.MAX_HITS ? Integer.MAX_VALUE : Collector.MAX_HITS;
    }

    private long weight() {
      long weight = 0;
      for (List<CapabilityUse> places : hits.values()) {
        for (CapabilityUse hit : places) {
          weight += 100 + hit.excerpt().length();
        }
      }
      return weight;
    }

    /// Returns whether there is an occurrence of a capability.
    public boolean has(Capability what) {
      return counts.containsKey(what);
    }

    /// Returns the first occurrences of a capability, or an empty list if there are none.
    public List<CapabilityUse> of(Capability what) {
      return hits.getOrDefault(what, List.of());
    }
  }

  /// A collector of [Shown]. Not thread-safe.
  static final class Collector {
    /// The maximum number of occurrences of one capability that are kept for one source.
    static final int MAX_HITS = 8;

    private final EnumMap<Capability, Integer> counts = new EnumMap<>(Capability.class);
    private final EnumMap<Capability, List<CapabilityUse>> hits = new EnumMap<>(Capability.class);
    private final OccurrenceBudget budget;

    /// @param budget the budget for occurrences after the first few
    Collector(OccurrenceBudget budget) {
      this.budget = budget;
    }

    /// Counts a capability and returns whether its occurrence must be kept.
    boolean count(Capability what) {
      int count = counts.merge(what, 1, Integer::sum);
      return count <= MAX_HITS || budget.take(count);
    }

    void keep(CapabilityUse hit) {
      hits.computeIfAbsent(hit.what(), _ -> new ArrayList<>()).add(hit);
    }

    private void keepOnce(CapabilityUse hit, int most) {
      List<CapabilityUse> known = hits.computeIfAbsent(hit.what(), _ -> new ArrayList<>());
      if (known.size() < most && !known.contains(hit)) {
        known.add(hit);
      }
    }

    Shown shown() {
      return counts.isEmpty() ? Shown.NOTHING : new Shown(counts, hits);
    }
  }
}
