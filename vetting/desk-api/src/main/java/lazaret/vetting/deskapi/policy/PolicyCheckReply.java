package lazaret.vetting.deskapi.policy;

import java.util.List;

/// The verdicts that another policy would change.
///
/// @param judged the number of versions that were evaluated
/// @param complete whether all changes are listed
/// @param withheld the number of versions that would no longer be served
/// @param released the number of versions that would be served in addition
/// @param changes the changes, at most 10,000
/// @param unjudged the versions that were not evaluated
public record PolicyCheckReply(
    long judged,
    boolean complete,
    long withheld,
    long released,
    List<PolicyChangeInfo> changes,
    List<NotEvaluatedInfo> unjudged) {
  public PolicyCheckReply {
    changes = List.copyOf(changes);
    unjudged = List.copyOf(unjudged);
  }
}
