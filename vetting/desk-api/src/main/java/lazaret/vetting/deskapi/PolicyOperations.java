package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyCheckRequest;
import lazaret.vetting.deskapi.policy.PolicyReply;

/// The operations on the policy.
public final class PolicyOperations {
  /// Returns the policy in force.
  public static final Operation<EmptyRequest, PolicyReply> POLICY =
      Operation.get("policy", "/policy", EmptyRequest.class, PolicyReply.class)
          .access(Access.READ)
          .summary("Return the policy in force");

  /// Lists the verdicts that another policy would change.
  public static final Operation<PolicyCheckRequest, PolicyCheckReply> CHECK_POLICY =
      Operation.post(
              "checkPolicy", "/policy/check", PolicyCheckRequest.class, PolicyCheckReply.class)
          .access(Access.INSPECT)
          .timeout(Operation.BATCH_TIMEOUT)
          .summary("List the verdicts that another policy would change");

  private PolicyOperations() {}
}
