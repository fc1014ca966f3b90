package lazaret.vetting.desk;

import lazaret.vetting.advisory.Iocs;
import lazaret.vetting.inspect.Indicators;

/// The indicators of compromise that the feeds in force name, prepared once per set of feeds.
/// Thread-safe.
final class CurrentIndicators {
  private final Rules rules;
  private volatile Prepared prepared = new Prepared(Iocs.NONE, Indicators.NONE);

  CurrentIndicators(Rules rules) {
    this.rules = rules;
  }

  /// Indicators, as feeds name them and as inspection looks for them.
  record Prepared(Iocs from, Indicators indicators) {}

  /// Returns those in force: the same object as long as they are the same.
  Prepared get() {
    Iocs named = rules.current().advisories().iocs();
    Prepared last = prepared;
    if (!last.from().all().equals(named.all())) {
      last = new Prepared(named, Indicators.of(named));
      prepared = last;
    }
    return last;
  }
}
