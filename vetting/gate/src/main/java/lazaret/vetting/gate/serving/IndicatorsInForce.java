package lazaret.vetting.gate.serving;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.Iocs;

/// The indicators of compromise of the feeds in force, prepared once per set of feeds. Thread-safe.
public final class IndicatorsInForce {
  private final CurrentRulebook rules;
  private volatile PreparedIndicators prepared =
      new PreparedIndicators(Iocs.NONE, IndicatorSet.NONE);

  public IndicatorsInForce(CurrentRulebook rules) {
    this.rules = rules;
  }

  /// The indicators as feeds name them and as inspection uses them.
  public record PreparedIndicators(Iocs from, IndicatorSet indicators) {
    /// Returns the expectations for the inspection of an artifact: these indicators, and its index
    /// line if that is stored.
    public Inspector.Expected expected(CrateStates files, CrateId id) {
      IndexEntry entry =
          files
              .find(id.name())
              .flatMap(file -> file.line(id.version()))
              .map(StoredLine::entry)
              .filter(held -> held.cksum().equals(id.cksum()))
              .orElse(null);
      return new Inspector.Expected(indicators, entry);
    }
  }

  /// Returns the indicators in force. The object stays the same while they do.
  public PreparedIndicators get() {
    Iocs named = rules.current().advisories().iocs();
    PreparedIndicators last = prepared;
    if (!last.from().all().equals(named.all())) {
      last = new PreparedIndicators(named, IndicatorSet.of(named));
      prepared = last;
    }
    return last;
  }
}
