package lazaret.vetting.desk;

import lazaret.vetting.inspect.Iocs;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;

/// The indicators of compromise of the feeds in force, prepared once per set of feeds. Thread-safe.
final class CurrentIndicators {
  private final Rules rules;
  private volatile Prepared prepared = new Prepared(Iocs.NONE, IndicatorSet.NONE);

  CurrentIndicators(Rules rules) {
    this.rules = rules;
  }

  /// The indicators as feeds name them and as inspection uses them.
  record Prepared(Iocs from, IndicatorSet indicators) {
    /// Returns the expectations for the inspection of an artifact: these indicators, and its index
    /// line if that is stored.
    Inspector.Expected expected(CaseFiles files, CrateId id) {
      IndexEntry entry =
          files
              .held(id.name())
              .flatMap(file -> file.line(id.version()))
              .map(StoredLine::entry)
              .filter(held -> held.cksum().equals(id.cksum()))
              .orElse(null);
      return new Inspector.Expected(indicators, entry);
    }
  }

  /// Returns the indicators in force. The object stays the same while they do.
  Prepared get() {
    Iocs named = rules.current().advisories().iocs();
    Prepared last = prepared;
    if (!last.from().all().equals(named.all())) {
      last = new Prepared(named, IndicatorSet.of(named));
      prepared = last;
    }
    return last;
  }
}
