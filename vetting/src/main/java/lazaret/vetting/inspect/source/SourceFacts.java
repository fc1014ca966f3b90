package lazaret.vetting.inspect.source;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.particular.SourceParticulars;
import lazaret.vetting.inspect.reach.Links;

/// What one source shows. Bounded: of each capability the count and the first few places, of the
/// files it pulls in the first few hundred.
///
/// @param code what its code shows
/// @param test what the parts under `#[cfg(test)]` show
/// @param marked what the parts under `#[test]` and `#[bench]` show; code where macros of other
///   crates are in scope, for the attribute may be theirs
/// @param references the files it pulls in
/// @param tokens the digest of its tokens, comments and spaces left out
/// @param whole whether it was read to its end, and nothing was dropped
/// @param traits what matters beyond capabilities, with the first line that shows it
/// @param macros by which paths may be pasted
/// @param particulars by which releases are compared
/// @param links the ways of its values to other sources
public record SourceFacts(
    Shown code,
    Shown test,
    Shown marked,
    List<Reference> references,
    Sha256 tokens,
    boolean whole,
    Map<Trait, Integer> traits,
    MacroUse macros,
    SourceParticulars particulars,
    Links links) {
  /// How many files one source can pull in before the rest is left out.
  public static final int MAX_REFERENCES = 4_096;

  /// The digest of a source whose tokens were not hashed.
  public static final Sha256 NO_TOKENS = Sha256.fromDigest(new byte[Sha256.LENGTH]);

  /// Properties of a source that decide what other sources mean.
  public enum Trait {
    /// It holds the directive by which a build script sets a `cfg`.
    SETS_CFG,
    /// A text of it is `test`, or ends with `=test`.
    NAMES_TEST,
    /// It pulls in files by names that macros or the environment fill in.
    COMPUTES_NAMES,
    /// It holds more texts that may be paths of files than are kept.
    NAMES_MANY,
    /// It may bring attributes of other crates into scope that are called as those of the language:
    /// `#[macro_use] extern crate`, a glob, or one by name.
    IMPORTS_MACROS
  }

  /// Copies the collections.
  public SourceFacts {
    references = List.copyOf(references);
    traits = Map.copyOf(traits);
  }

  /// Returns whether it has a property.
  public boolean has(Trait trait) {
    return traits.containsKey(trait);
  }

  /// Returns whether a capability was met anywhere in it.
  public boolean shows(Capability what) {
    return code.has(what) || test.has(what) || marked.has(what);
  }

  /// Returns the facts of a source that can be read in two ways: what either of them shows.
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

  /// Returns the facts with more that its parts show.
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

  /// Returns how many characters it holds, with a hundred more for each object around them.
  public long weight() {
    long weight = 100 + code.weight() + test.weight() + marked.weight() + macros.weight();
    weight += particulars.weight() + links.weight();
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

    private Shown and(Shown other) {
      var both = new Collector();
      for (Shown shown : List.of(this, other)) {
        shown.counts.forEach((what, count) -> both.counts.merge(what, count, Math::max));
        shown.hits.values().stream().flatMap(List::stream).forEach(both::keepOnce);
      }
      return both.shown();
    }

    private long weight() {
      long weight = 0;
      for (List<Hit> places : hits.values()) {
        for (Hit hit : places) {
          weight += 100 + hit.excerpt().length();
        }
      }
      return weight;
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

    private void keepOnce(Hit hit) {
      List<Hit> known = hits.computeIfAbsent(hit.what(), _ -> new ArrayList<>());
      if (known.size() < MAX_HITS && !known.contains(hit)) {
        known.add(hit);
      }
    }

    Shown shown() {
      return counts.isEmpty() ? Shown.NOTHING : new Shown(counts, hits);
    }
  }
}
