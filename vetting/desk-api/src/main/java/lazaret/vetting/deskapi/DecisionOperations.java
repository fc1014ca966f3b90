package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.decisions.DecideReply;
import lazaret.vetting.deskapi.decisions.DecideRequest;
import lazaret.vetting.deskapi.decisions.ExpiringReply;

/// The operations on decisions.
public final class DecisionOperations {
  /// Records decisions, none if a version of the order is refused.
  public static final Operation<DecideRequest, DecideReply> DECIDE =
      Operation.post("decide", "/decisions", DecideRequest.class, DecideReply.class)
          .access(Access.REVIEW)
          .timeout(Operation.BATCH_TIMEOUT)
          .summary("Record decisions; a refused version refuses all");

  /// Lists approvals and exemptions that expire.
  public static final Operation<EmptyRequest, ExpiringReply> EXPIRING =
      Operation.get("expiring", "/expiring", EmptyRequest.class, ExpiringReply.class)
          .access(Access.INSPECT)
          .summary("List approvals and exemptions that expire");

  private DecisionOperations() {}
}
