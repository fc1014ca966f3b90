package lazaret.vetting.deskapi.decisions;

import java.util.List;

/// The approvals and exemptions that expire, the soonest first.
///
/// @param expiring the decisions
public record ExpiringReply(List<ExpiringDecisionInfo> expiring) {
  public ExpiringReply {
    expiring = List.copyOf(expiring);
  }
}
