package lazaret.vetting.desk.decisions;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.VersionDecisions;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.RuleInput;
import org.jspecify.annotations.Nullable;

/// The search for approvals and exemptions that expire. It reads the whole ledger, so it is too
/// expensive to run every second.
public final class ExpiringDecisions {
  private static final Comparator<ExpiringDecisionsReport.Line> SOONEST =
      Comparator.comparing((ExpiringDecisionsReport.Line line) -> expiry(line.decision()))
          .thenComparing(line -> line.decision().id().name().collisionKey())
          .thenComparing(line -> line.decision().id().version());

  private final Store store;
  private final Clock clock;
  private final CrateStates files;

  public ExpiringDecisions(Store store, Clock clock, CrateStates files) {
    this.store = store;
    this.clock = clock;
    this.files = files;
  }

  /// Returns the decisions that expire, the next one first.
  public ExpiringDecisionsReport report() {
    Map<String, Decision> latest = new LinkedHashMap<>();
    try (Stream<LedgerEntry> entries = store.ledger(0)) {
      entries.forEach(
          entry -> {
            if (entry.event() instanceof Decision decision) {
              latest.put(
                  decision.id().name().collisionKey() + ' ' + decision.id().version().text(),
                  decision);
            }
          });
    }
    Instant now = clock.instant();
    List<ExpiringDecisionsReport.Line> lines = new ArrayList<>();
    for (Decision decision : latest.values()) {
      if (decision.expires() != null) {
        lines.add(line(decision, now));
      }
    }
    return new ExpiringDecisionsReport(lines.stream().sorted(SOONEST).toList());
  }

  private ExpiringDecisionsReport.Line line(Decision decision, Instant now) {
    boolean expired = !expiry(decision).isAfter(now);
    Verdict without = without(decision, now);
    return without == null
        ? new ExpiringDecisionsReport.Line(decision, expired, true, "")
        : new ExpiringDecisionsReport.Line(
            decision,
            expired,
            !files.rulebook().policy().serves(without),
            without.reason().code().code() + ": " + without.reason().detail());
  }

  /// Returns the verdict without any decision, or null if the version is not stored.
  private @Nullable Verdict without(Decision decision, Instant now) {
    CrateState file = files.find(decision.id().name()).orElse(null);
    StoredLine line = file == null ? null : file.line(decision.id().version()).orElse(null);
    if (file == null || line == null) {
      return null;
    }
    CrateEvaluation evaluation = file.under(files.rulebook());
    RuleInput whole = evaluation.ruleInput(line, now);
    return evaluation.evaluate(
        new RuleInput(
            line,
            whole.findings(),
            VersionDecisions.NONE,
            whole.wave(),
            whole.evidence(),
            whole.hold()),
        now);
  }

  private static Instant expiry(Decision decision) {
    Instant expires = decision.expires();
    return expires == null ? Instant.MAX : expires;
  }
}
