package lazaret.vetting.inspect;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.vetting.inspect.manifest.CrateTargets;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.inspect.source.SourceFacts;
import lazaret.vetting.inspect.source.SourceFacts.Trait;
import lazaret.vetting.inspect.source.SourceReference;

/// The places in which the files of one artifact run or are used. Immutable.
///
/// @param places for each source the most dangerous place in which it runs
/// @param includes for each file that a source includes the most dangerous place of such a source
/// @param mentions for each file whose path is a text of a source the most dangerous place of such
///   a source
/// @param capabilities the capabilities of each source outside of its tests
/// @param complete whether all sources that run were read and name the files that they use. If not,
///   they can use any file
public record ContextTable(
    Map<String, ExecutionContext> places,
    Map<String, ExecutionContext> includes,
    Map<String, ExecutionContext> mentions,
    Map<String, Set<Capability>> capabilities,
    boolean complete) {
  /// Copies the maps.
  public ContextTable {
    places = Map.copyOf(places);
    includes = Map.copyOf(includes);
    mentions = Map.copyOf(mentions);
    capabilities = Map.copyOf(capabilities);
  }

  /// Evaluates the sources of an artifact.
  ///
  /// @param inTime whether all sources were read before the limit of time
  static ContextTable of(CrateSources sources, CrateTargets targets, boolean inTime) {
    Map<String, ExecutionContext> places = new HashMap<>();
    Set<String> code = code(sources, targets);
    sources
        .contexts(targets)
        .forEach(
            (place, paths) ->
                paths.stream()
                    .filter(code::contains)
                    .forEach(path -> places.merge(path, place, ContextTable::first)));
    var builder = new Builder(sources, places);
    boolean testsRun = sources.testSwitch(targets).isPresent();
    for (String path : places.keySet()) {
      SourceFacts facts = sources.all().get(path);
      if (facts != null) {
        builder.add(path, facts, testsRun);
      }
    }
    return new ContextTable(
        places,
        builder.includes,
        builder.mentions,
        builder.capabilities,
        inTime && builder.complete);
  }

  /// A collector of the uses of files. Not thread-safe.
  private static final class Builder {
    private final CrateSources sources;
    private final Map<String, ExecutionContext> places;
    private final Map<String, ExecutionContext> includes = new HashMap<>();
    private final Map<String, ExecutionContext> mentions = new HashMap<>();
    private final Map<String, Set<Capability>> capabilities = new HashMap<>();
    private boolean complete = true;

    Builder(CrateSources sources, Map<String, ExecutionContext> places) {
      this.sources = sources;
      this.places = places;
    }

    /// Adds a source that runs.
    ///
    /// @param testsRun whether the tests of the crate are part of every build
    void add(String path, SourceFacts facts, boolean testsRun) {
      ExecutionContext place = places.getOrDefault(path, ExecutionContext.RUNTIME);
      boolean tests = testsRun || place == ExecutionContext.BUILD;
      for (SourceReference reference : facts.references()) {
        ExecutionContext user = test(reference) && !tests ? ExecutionContext.TEST : place;
        Map<String, ExecutionContext> uses = mention(reference) ? mentions : includes;
        reference.candidates().stream()
            .filter(sources::holds)
            .forEach(file -> uses.merge(file, user, ContextTable::first));
      }
      complete &= place == ExecutionContext.TEST || namesAll(facts);
      if (!facts.code().counts().isEmpty()) {
        capabilities.put(path, EnumSet.copyOf(facts.code().counts().keySet()));
      }
    }
  }

  /// Returns the files that are compiled. Others are included as data.
  private static Set<String> code(CrateSources sources, CrateTargets targets) {
    Set<String> code = targets.all().collect(Collectors.toCollection(HashSet::new));
    sources
        .all()
        .forEach(
            (path, facts) -> {
              if (path.endsWith(".rs")) {
                code.add(path);
              }
              for (SourceReference reference : facts.references()) {
                switch (reference.kind()) {
                  case SOURCE, NAMED_SOURCE, TEST_SOURCE -> code.addAll(reference.candidates());
                  case DATA, TEST_DATA, MENTION, TEST_MENTION -> {}
                }
              }
            });
    return code;
  }

  /// Returns the more dangerous of two places.
  private static ExecutionContext first(ExecutionContext a, ExecutionContext b) {
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static boolean test(SourceReference reference) {
    return switch (reference.kind()) {
      case TEST_SOURCE, TEST_DATA, TEST_MENTION -> true;
      case SOURCE, NAMED_SOURCE, DATA, MENTION -> false;
    };
  }

  private static boolean mention(SourceReference reference) {
    return switch (reference.kind()) {
      case MENTION, TEST_MENTION -> true;
      case SOURCE, NAMED_SOURCE, TEST_SOURCE, DATA, TEST_DATA -> false;
    };
  }

  private static boolean namesAll(SourceFacts facts) {
    return facts.whole() && !facts.has(Trait.COMPUTES_NAMES) && !facts.has(Trait.NAMES_MANY);
  }

  /// Returns the place in which a file is used, or empty if no source runs, includes or mentions
  /// it. Uses only count for files that do not run or that run in tests alone.
  public Optional<ExecutionContext> place(String path) {
    ExecutionContext runs = places.get(path);
    if (runs != null && runs != ExecutionContext.TEST) {
      return Optional.of(runs);
    }
    return Stream.of(places, includes, mentions)
        .flatMap(each -> Stream.ofNullable(each.get(path)))
        .reduce(ContextTable::first);
  }

  /// Returns whether a source of the crate runs in a place.
  public boolean has(ExecutionContext place) {
    return places.containsValue(place);
  }

  /// Returns whether a path is among tests, examples and benchmarks, or their data.
  public static boolean amongTests(String path) {
    return CrateSources.amongTests(path);
  }
}
