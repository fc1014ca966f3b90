package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.site.ResultsReply;
import lazaret.vetting.deskapi.site.ResultsRevokeRequest;

/// The operations on signed inspection results of other gates.
public final class ResultOperations {
  /// Returns the state of signed inspection results.
  public static final Operation<EmptyRequest, ResultsReply> RESULTS =
      Operation.get("results", "/results", EmptyRequest.class, ResultsReply.class)
          .access(Access.AUDIT)
          .summary("Return the keys, feeds and numbers of signed inspection results");

  /// Revokes results. Archives that were admitted by them are inspected again.
  public static final Operation<ResultsRevokeRequest, ResultsReply> REVOKE_RESULTS =
      Operation.post(
              "revokeResults", "/results/revoke", ResultsRevokeRequest.class, ResultsReply.class)
          .access(Access.ADMIN)
          .summary("Revoke signed inspection results by key or archive");

  private ResultOperations() {}
}
