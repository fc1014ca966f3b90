package lazaret.vetting.inspect.source;

import lazaret.vetting.inspect.source.SourceFacts.Collector;
import lazaret.vetting.inspect.source.SourceFacts.Shown;

/// The collectors for the parts of one source: code, tests, and marked tests. Not thread-safe.
final class RegionCollectors {
  private final Collector code;
  private final Collector test;
  private final Collector marked;

  /// @param budget the budget for occurrences after the first few
  RegionCollectors(OccurrenceBudget budget) {
    code = new Collector(budget);
    test = new Collector(budget);
    marked = new Collector(budget);
  }

  /// Returns the collector of a part.
  Collector of(BehaviorCollector.Region region) {
    return switch (region) {
      case CODE -> code;
      case TEST -> test;
      case MARKED -> marked;
    };
  }

  /// Returns the capabilities of a part.
  Shown shown(BehaviorCollector.Region region) {
    return of(region).shown();
  }
}
