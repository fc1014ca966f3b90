package lazaret.vetting.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.desk.DecisionReport.Refused;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// Carries out one [DecisionOrder]: first everything is looked up, and only where nothing is
/// refused each decision is recorded with its crate's new view in one synced batch.
final class Deciding {
  private final GateParts parts;
  private final Gate gate;
  private final List<Decision> recorded = new ArrayList<>();
  private final List<Decision> unchanged = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  Deciding(GateParts parts, Gate gate) {
    this.parts = parts;
    this.gate = gate;
  }

  DecisionReport decide(DecisionOrder order) {
    Instant now = parts.clock().instant();
    if (order.expires() != null && !order.expires().isAfter(now)) {
      throw new IllegalArgumentException(
          "the approval would expire at %s, which is not after now, %s"
              .formatted(order.expires(), now));
    }
    List<Decision> decisions = new ArrayList<>();
    for (Wanted wanted : order.wanted()) {
      CrateId id = identify(wanted);
      if (id != null) {
        decisions.add(
            new Decision(
                order.kind(),
                id,
                now,
                order.by(),
                order.reason(),
                order.expires(),
                order.criteria(),
                order.evidence(),
                order.delta(),
                order.waives()));
      }
    }
    if (refused.isEmpty()) {
      decisions.forEach(this::record);
    }
    return new DecisionReport(recorded, unchanged, refused);
  }

  private @Nullable CrateId identify(Wanted wanted) {
    return switch (gate.find(wanted.name(), wanted.version())) {
      case Gate.Finding.Line found -> bound(wanted, found.line());
      case Gate.Finding.None(DownloadOutcome.Unavailable none) ->
          refuse(wanted, ErrorCode.UPSTREAM_UNAVAILABLE, none.detail());
      case Gate.Finding.None(DownloadOutcome.Unknown none) ->
          refuse(wanted, ErrorCode.UNKNOWN, none.detail());
      case Gate.Finding.None none ->
          throw new IllegalStateException("a look-up cannot end as " + none.outcome());
    };
  }

  private @Nullable CrateId bound(Wanted wanted, HeldLine line) {
    Sha256 expected = wanted.expected();
    if (expected != null && !expected.equals(line.entry().cksum())) {
      return refuse(
          wanted,
          ErrorCode.CKSUM_MISMATCH,
          "sha256 %s was named, the index says %s"
              .formatted(expected.hex(), line.entry().cksum().hex()));
    }
    return line.entry().id();
  }

  private @Nullable CrateId refuse(Wanted wanted, ErrorCode code, String detail) {
    refused.add(new Refused(wanted, code, detail));
    return null;
  }

  private void record(Decision decision) {
    CrateId id = decision.id();
    List<Write> writes =
        List.of(new Write.Append(decision), new Write.DropRequest(id.name(), id.version()));
    boolean written =
        gate.files()
            .rewriteUnless(
                id.name(), file -> stands(file, decision), f -> f.withDecision(decision), writes);
    (written ? recorded : unchanged).add(decision);
  }

  /// Saying the same thing twice changes nothing: who, why and until when must be equal.
  private static boolean stands(CaseFile file, Decision decision) {
    Decision last = file.standing(decision.id().version()).latest();
    return last != null
        && last.kind() == decision.kind()
        && last.id().equals(decision.id())
        && last.by().equals(decision.by())
        && last.reason().equals(decision.reason())
        && last.criteria().equals(decision.criteria())
        && last.waives().equals(decision.waives())
        && Objects.equals(last.delta(), decision.delta())
        && Objects.equals(last.expires(), decision.expires());
  }
}
