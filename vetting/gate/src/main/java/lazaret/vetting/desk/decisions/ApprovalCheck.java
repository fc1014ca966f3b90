package lazaret.vetting.desk.decisions;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.requests.RequesterIndex;
import lazaret.vetting.gate.serving.VersionLookup;
import lazaret.vetting.gate.upstream.PublishHold;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.Policy;

/// The check of the conditions of a policy on the person who approves. Every way to approve passes
/// it. Thread-safe; blocks.
///
/// @param reading what persons have read
/// @param requesters who asked for versions
public record ApprovalCheck(ReadingCheck reading, RequesterIndex requesters) {
  /// Returns what the person of an order has read of a version, and whether a condition refuses the
  /// order. Only approvals depend on what the person has read. An exemption serves the version as
  /// well, so that the person who asked for it, or published or imported it, may not decide it
  /// either; other orders have no condition.
  ReadingResult check(DecisionOrder order, VersionLookup.Found found, Policy policy) {
    CrateId id = found.line().entry().id();
    String person = order.by().name();
    ApproverPolicy approver = policy.evidence().approver();
    if (order.kind().serves()
        && !approver.requesterMayApprove()
        && requesters.asked(person, id.name(), id.version())) {
      return ReadingResult.refused(
          "%s asked for it, and policy requires that another person %ss it"
              .formatted(person, order.kind().code()));
    }
    PublishHold hold = found.file().hold(id.version());
    if (order.kind().serves()
        && hold != null
        && hold.isFrom(person)
        && !policy.privateCrates().selfApproval()) {
      String act = hold.publisher().equals(person) ? "published" : "imported";
      return ReadingResult.refused(
          "%s %s it, and policy requires that another person %ss it"
              .formatted(person, act, order.kind().code()));
    }
    return order.kind() == Decision.Kind.APPROVE
        ? reading.check(person, id, order.delta(), approver)
        : ReadingResult.NONE;
  }
}
