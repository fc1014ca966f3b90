package lazaret.signin.workload;

import java.time.Duration;

/// The result of the verification of a CI job's token.
public sealed interface WorkloadVerification {
  /// A valid token, which is used up.
  ///
  /// @param issuer the issuer
  /// @param binding the first binding whose requirements are met
  /// @param run the run, for the ledger
  record Verified(WorkloadIssuer issuer, WorkloadBinding binding, WorkloadRun run)
      implements WorkloadVerification {}

  /// A refused token.
  ///
  /// @param code the reason
  /// @param detail the expected and the found state with the next step; lower case, no full stop.
  ///   The text has no part of a key or signature
  record Refused(WorkloadRefusalCode code, String detail) implements WorkloadVerification {}

  /// A token that cannot be verified at present, because the keys of its issuer are not available.
  ///
  /// @param retryAfter the time after which to try again
  record Unavailable(Duration retryAfter) implements WorkloadVerification {}
}
