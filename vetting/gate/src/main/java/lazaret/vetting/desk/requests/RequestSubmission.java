package lazaret.vetting.desk.requests;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.MalformedException;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.evaluation.CrateEvaluation;
import lazaret.vetting.gate.retention.NoticeLimit;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.policy.Verdict;

/// A person's request for a withheld version. It opens or repeats the entry in the queue, and its
/// reason becomes a ledger entry.
///
/// @param requester the client
/// @param by the person, as named in the ledger
/// @param reason the reason that the person gave
public record RequestSubmission(Requester requester, String by, RequestReason reason) {
  /// A request that is in the queue.
  ///
  /// @param verdict the verdict on the version
  /// @param recorded whether the ledger has the reason; false beyond the limit of notices of a day
  public record Outcome(Verdict verdict, boolean recorded) {}

  /// Records the request. The first request of a person for a version is refused if the ledger
  /// cannot record it: the person could otherwise approve it although the policy forbids that.
  ///
  /// @throws MalformedException if the version is served, or the person made too many requests on
  ///   this day
  Outcome record(GateContext parts, Gate gate, VersionLookup.Found found) {
    StoredLine line = found.line();
    CrateEvaluation evaluation = found.file().under(gate.files().rulebook());
    Verdict verdict = evaluation.evaluate(line, parts.clock().instant());
    if (evaluation.rulebook().policy().serves(verdict)) {
      throw new MalformedException(
          "cannot request %s %s: expected a withheld version, found one that is served; build with it"
              .formatted(line.entry().name(), line.entry().version()));
    }
    List<Batch.Write> writes = writes(parts, line);
    gate.usageLog()
        .askedInVain(
            line.entry().id(), requester, reason.lockfile(), QueuedRequest.waitsFor(verdict));
    gate.usageLog().flush();
    if (!writes.isEmpty()) {
      parts.store().commit(Batch.synced(writes));
    }
    return new Outcome(verdict, !writes.isEmpty());
  }

  /// Returns the write of the ledger entry; empty if the person or client has entries of this day.
  private List<Batch.Write> writes(GateContext parts, StoredLine line) {
    Instant now = parts.clock().instant();
    Notice notice =
        new Notice(
            Notice.Kind.REQUEST_MADE,
            now,
            by,
            line.entry().name(),
            line.entry().version().text(),
            reason.detail());
    NoticeLimit limit = parts.growth().notices();
    if (!Requester.hasToken(by) || limit.hasToday(notice, now)) {
      return parts.appends(notice);
    }
    // A refused request is not a notice that was left out.
    if (!limit.admits(notice, now)) {
      throw new MalformedException(
          "cannot request %s %s: expected at most %d requests on one day, found more; try tomorrow"
              .formatted(line.entry().name(), line.entry().version(), NoticeLimit.KIND_A_DAY));
    }
    return List.of(new Batch.Write.Append(notice));
  }
}
