package lazaret.vetting.deskapi;

import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.Set;
import lazaret.vetting.roles.DeskRole;

/// The credential that an operation requires: one of some roles, or a role that includes one.
public enum Access {
  /// No token is required. The HTTP server answers: the operation concerns the connection.
  PUBLIC(Set.of()),
  /// No token is required on any gate, even if it serves cargo with tokens only. A token that was
  /// sent has no effect.
  ANYONE(Set.of()),
  /// The role of a reader is required, or no token if the gate serves cargo without tokens.
  OPEN(Set.of(DeskRole.READER)),
  /// The role of a requester is required, or no token if the gate serves cargo without tokens.
  REQUEST(Set.of(DeskRole.REQUESTER)),
  /// The role of a reader is required.
  READ(Set.of(DeskRole.READER)),
  /// The role of a prefetcher is required.
  PREFETCH(Set.of(DeskRole.PREFETCHER)),
  /// The role of a reviewer or an auditor is required: the operation reads the data of reviewers.
  INSPECT(Set.of(DeskRole.REVIEWER, DeskRole.AUDITOR)),
  /// The role of a reviewer is required.
  REVIEW(Set.of(DeskRole.REVIEWER)),
  /// The role of an administrator or an auditor is required: the operation reads the data of
  /// administrators.
  AUDIT(Set.of(DeskRole.ADMIN, DeskRole.AUDITOR)),
  /// The role of an administrator is required.
  ADMIN(Set.of(DeskRole.ADMIN));

  private final Set<DeskRole> roles;

  Access(Set<DeskRole> roles) {
    this.roles = roles;
  }

  /// Returns the roles of which the caller needs one; empty if no token is required.
  public Set<DeskRole> roles() {
    return roles;
  }

  /// Returns whether an open gate accepts the operation without a token.
  public boolean isOpen() {
    return this == OPEN || this == REQUEST;
  }

  /// Returns the role to name in a refusal: the narrowest one that suffices.
  ///
  /// @throws NoSuchElementException if no role is required
  public DeskRole role() {
    return roles.stream().min(Comparator.naturalOrder()).orElseThrow();
  }
}
