package lazaret.vetting.inspect;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.manifest.CrateTargets;
import lazaret.vetting.inspect.source.MacroPaths;
import lazaret.vetting.inspect.source.OccurrenceBudget;
import lazaret.vetting.inspect.source.SourceFacts;

/// The facts about the code of a crate, by the place in which the code runs. Not thread-safe.
final class ContextFacts {
  private final CrateSources sources;
  private final CrateTargets targets;

  /// @param targets the sources in which the code of the crate begins
  ContextFacts(CrateSources sources, CrateTargets targets) {
    this.sources = sources;
    this.targets = targets;
  }

  /// Returns the facts of each place that has a capability.
  ///
  /// @param places the paths of the sources by the place in which they run
  /// @param budget the budget with which the sources were read
  Map<ExecutionContext, CodeFacts> of(
      Map<ExecutionContext, Set<String>> places, OccurrenceBudget budget) {
    boolean testsRun = sources.testSwitch(targets).isPresent();
    boolean foreign = sources.importsMacros();
    int most = budget.keepsMore() ? Integer.MAX_VALUE : CodeFacts.MAX_HITS;
    var macros = new MacroPaths(sources.all().values(), budget);
    var code = new Collector(most);
    places.forEach(
        (place, paths) -> {
          // A build script has no tests: code that is marked as a test is compiled all the same.
          boolean tests = testsRun || place == ExecutionContext.BUILD;
          for (String path : paths) {
            SourceFacts read = sources.all().get(path);
            if (read != null) {
              SourceFacts facts = macros.with(read);
              code.add(place, path, facts.code());
              code.add(tests ? place : ExecutionContext.TEST, path, facts.test());
              code.add(tests || foreign ? place : ExecutionContext.TEST, path, facts.marked());
            }
          }
        });
    return code.facts;
  }

  /// A collector of the facts of each place.
  private static final class Collector {
    private final Map<ExecutionContext, CodeFacts> facts = new EnumMap<>(ExecutionContext.class);
    private final int most;

    Collector(int most) {
      this.most = most;
    }

    void add(ExecutionContext place, String path, SourceFacts.Shown shown) {
      if (!shown.counts().isEmpty()) {
        facts.computeIfAbsent(place, _ -> new CodeFacts(most)).add(path, shown);
      }
    }
  }
}
