package lazaret.vetting.desk.review;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.desk.review.PastVerdictReport.Source;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.RecordedVerdict;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The search for the recorded verdict on a version at a past moment. A verdict that was not
/// recorded is not computed afterwards. The report then has the reason for its absence.
public final class PastVerdict {
  private final Gate gate;
  private final VersionLookup.Found found;
  private final Instant at;
  private final List<Decision> decisions;
  private @Nullable RecordedVerdict given;
  private @Nullable RecordedVerdict next;
  private boolean dropped;

  /// Creates a search.
  ///
  /// @param at the moment, which is not in the future
  public PastVerdict(GateContext parts, Gate gate, VersionLookup.Found found, Instant at) {
    this.gate = gate;
    this.found = found;
    this.at = at;
    String version = found.line().entry().version().text();
    this.decisions =
        parts.store().decisions(found.file().crate().name()).stream()
            .filter(d -> d.id().version().text().equals(version) && !d.at().isAfter(at))
            .toList();
    List<RecordedVerdict> verdicts =
        parts.store().verdicts(found.file().crate().name()).stream()
            .filter(r -> r.id().version().text().equals(version))
            .toList();
    for (RecordedVerdict recorded : verdicts) {
      if (!recorded.at().isAfter(at)) {
        given = recorded;
      } else if (next == null) {
        next = recorded;
      }
    }
    dropped = given == null && verdicts.size() >= RecordedVerdict.MAX_KEPT;
  }

  /// Returns the report on the verdict at that time.
  public PastVerdictReport report() {
    RecordedVerdict last = given;
    if (last != null) {
      Instant end = end(last);
      return end == null
          ? report(Source.RECORDED, last.served(), null)
          : report(Source.NOT_RECORDED, false, ended(end));
    }
    if (found.line().firstSeen().isAfter(at)) {
      return report(Source.NOT_KNOWN, false, null);
    }
    String absence = absence();
    if (absence != null) {
      return report(Source.NOT_RECORDED, false, absence);
    }
    return aged()
        ? report(Source.AGED, true, "versions that are served by their age alone have no record")
        : report(Source.NOT_RECORDED, false, "no client requested the version until then");
  }

  private PastVerdictReport report(Source account, boolean served, @Nullable String detail) {
    RecordedVerdict last = given;
    return new PastVerdictReport(
        found.line().entry().id(),
        at,
        account,
        account == Source.RECORDED && last != null ? last.verdict() : null,
        served,
        last,
        next,
        decisions,
        gate.usageLog().verdictLog().since(),
        detail);
  }

  /// Returns the moment at which a recorded verdict ended by time alone before the requested
  /// moment, or null if it did not. No client asked again in between.
  private @Nullable Instant end(RecordedVerdict recorded) {
    if (recorded.verdict() instanceof Verdict.Hold hold && !hold.until().isAfter(at)) {
      return hold.until();
    }
    Instant end = null;
    for (Decision decision : decisions) {
      Instant expires = decision.expires();
      if (expires != null
          && decision.approvesAt(recorded.at())
          && !expires.isAfter(at)
          && (end == null || expires.isBefore(end))) {
        end = expires;
      }
    }
    return end;
  }

  private static String ended(Instant end) {
    return "the recorded verdict ended on %s, and no client requested the version from then on"
        .formatted(end);
  }

  /// Returns the reason for which no record of the moment can exist, or null if there is none.
  private @Nullable String absence() {
    if (dropped) {
      return "the verdicts of that time were removed: the last %d of a version are kept"
          .formatted(RecordedVerdict.MAX_KEPT);
    }
    Instant since = gate.usageLog().verdictLog().since();
    if (since == null) {
      return "no verdict was recorded yet";
    }
    return since.isAfter(at) ? "verdicts are recorded since %s".formatted(since) : null;
  }

  /// Returns whether the version was past its cooldown at the moment, so that only another verdict
  /// than one by its age would have a record. A decision in force, or a hold that was given later,
  /// excludes that.
  private boolean aged() {
    if (next != null && next.verdict() instanceof Verdict.Hold) {
      return false;
    }
    if (decisions.stream().anyMatch(d -> d.expires() == null || d.expires().isAfter(at))) {
      return false;
    }
    Policy policy = gate.files().rulebook().policy();
    StoredLine line = found.line();
    Findings findings = found.file().findings(line.entry().cksum()).orElse(null);
    return policy.automatic() && !at.isBefore(policy.ageFrom(line).plus(policy.cooldown(findings)));
  }
}
