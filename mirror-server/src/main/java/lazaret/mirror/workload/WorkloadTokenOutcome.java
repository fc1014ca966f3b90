package lazaret.mirror.workload;

import java.time.Duration;
import java.util.List;
import lazaret.vetting.Secret;

/// The result of an exchange of the token of a CI job.
public sealed interface WorkloadTokenOutcome {
  /// A new token.
  ///
  /// @param secret the text that the job sends
  /// @param roles the names of its roles
  /// @param life the time until it expires
  record Issued(Secret secret, List<String> roles, Duration life) implements WorkloadTokenOutcome {
    /// Copies the list.
    public Issued {
      roles = List.copyOf(roles);
    }
  }

  /// A refused token.
  ///
  /// @param code the code of the reason, such as `token-expired`
  /// @param detail one sentence: expected, found and the next step
  record Refused(String code, String detail) implements WorkloadTokenOutcome {}

  /// A request for roles that the binding does not grant.
  ///
  /// @param detail one sentence: expected, found and the next step
  record RoleRefused(String detail) implements WorkloadTokenOutcome {}

  /// A failure that ends without an act of the job.
  ///
  /// @param retryAfter the time after which to try again
  /// @param detail one sentence: the failure, and whether to try with the same token or a new one
  record Unavailable(Duration retryAfter, String detail) implements WorkloadTokenOutcome {}
}
