package lazaret.vetting.gate.evaluation;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.RuleInput;
import org.jspecify.annotations.Nullable;

/// The verdicts of one evaluation on versions that are downloaded repeatedly, each kept until time
/// can change it. Any other change makes another state of the crate or another rulebook, and with
/// it another evaluation, which has kept none. Thread-safe.
final class KeptVerdicts {
  /// The number of verdicts from which all are dropped before another one is kept.
  private static final int MOST = 8;

  /// The longest verdict that is kept, in characters of its reasons.
  static final int LONGEST = 512;

  /// An estimate of the heap of a kept verdict, in bytes.
  private static final long WEIGHT = 512;

  private final CrateEvaluation evaluation;
  private final ConcurrentHashMap<String, Kept> byVersion = new ConcurrentHashMap<>();

  /// A verdict with the period in which time does not change it.
  ///
  /// @param end the first moment after the period; null if there is none
  private record Kept(StoredLine line, Verdict verdict, Instant from, @Nullable Instant end) {
    boolean holds(StoredLine asked, Instant now) {
      return !now.isBefore(from) && (end == null || now.isBefore(end)) && line.equals(asked);
    }
  }

  KeptVerdicts(CrateEvaluation evaluation) {
    this.evaluation = evaluation;
  }

  /// Returns an estimate of the heap that kept verdicts of a crate use, in bytes.
  ///
  /// @param versions number of versions of the crate
  static long weight(int versions) {
    return Math.min(versions, MOST) * WEIGHT;
  }

  /// Returns the verdict on a version, as [CrateEvaluation#evaluate(StoredLine, Instant)] does.
  Verdict verdict(StoredLine line, Instant now) {
    String version = line.entry().version().text();
    Kept known = byVersion.get(version);
    if (known != null && known.holds(line, now)) {
      return known.verdict();
    }
    RuleInput ruleInput = evaluation.ruleInput(line, now);
    Verdict verdict = evaluation.evaluate(ruleInput, now);
    if (settled(line, ruleInput, now) && isShort(verdict)) {
      if (byVersion.size() >= MOST) {
        byVersion.clear();
      }
      byVersion.put(version, new Kept(line, verdict, now, end(line, ruleInput, verdict, now)));
    }
    return verdict;
  }

  /// Returns whether time can change a verdict only by the end of an approval or override, or by
  /// the age of a feed. The version is too old for a cooldown, for a comparison with other versions
  /// and for signs of a takeover, so that other crates do not matter either. The text of a verdict
  /// that mentions the age of a feed changes every hour.
  private boolean settled(StoredLine line, RuleInput ruleInput, Instant now) {
    return !evaluation.compared(line, now)
        && !evaluation.suspected(line, now)
        && switch (ruleInput.evidence().feeds().state()) {
          case NONE, FRESH -> true;
          case QUIET, OLD, STALE -> false;
        };
  }

  /// Returns whether a verdict takes little heap. The texts of reasons come from people, feeds and
  /// artifacts.
  private static boolean isShort(Verdict verdict) {
    int length = 0;
    for (Reason reason : verdict.reasons()) {
      length += reason.detail().length();
    }
    return length <= LONGEST;
  }

  private @Nullable Instant end(
      StoredLine line, RuleInput ruleInput, Verdict verdict, Instant now) {
    NextChange nextChange = new NextChange(evaluation, now);
    nextChange.add(line, ruleInput, verdict);
    nextChange.endsAt(evaluation.rulebook().freshUntil());
    return nextChange.end();
  }
}
