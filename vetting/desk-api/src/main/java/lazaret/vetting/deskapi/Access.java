package lazaret.vetting.deskapi;

import java.util.Comparator;
import java.util.NoSuchElementException;
import java.util.Set;
import lazaret.vetting.roles.DeskRole;

/// The credential that an operation requires: one of some roles, or a role that includes one.
public enum Access {
  /// No token is required. The HTTP server answers: the operation concerns the connection.
  PUBLIC,
  /// No token is required on any gate, even if it serves cargo with tokens only. A token that was
  /// sent has no effect.
  ANYONE,
  /// The role of a reader is required, or no token if the gate serves cargo without tokens.
  OPEN,
  /// The role of a requester is required, or no token if the gate serves cargo without tokens.
  REQUEST,
  /// The role of a reader is required.
  READ,
  /// The role of a prefetcher is required.
  PREFETCH,
  /// The role of a reviewer or an auditor is required: the operation reads the data of reviewers.
  INSPECT,
  /// The role of a reviewer is required.
  REVIEW,
  /// The role of an administrator or an auditor is required: the operation reads the data of
  /// administrators.
  AUDIT,
  /// The role of an administrator is required.
  ADMIN;

  /// Returns the roles of which the caller needs one; empty if no token is required.
  public Set<DeskRole> roles() {
    return switch (this) {
      case PUBLIC, ANYONE -> Set.of();
      case OPEN, READ -> Set.of(DeskRole.READER);
      case REQUEST -> Set.of(DeskRole.REQUESTER);
      case PREFETCH -> Set.of(DeskRole.PREFETCHER);
      case INSPECT -> Set.of(DeskRole.REVIEWER, DeskRole.AUDITOR);
      case REVIEW -> Set.of(DeskRole.REVIEWER);
      case AUDIT -> Set.of(DeskRole.ADMIN, DeskRole.AUDITOR);
      case ADMIN -> Set.of(DeskRole.ADMIN);
    };
  }

  /// Returns whether an open gate accepts the operation without a token.
  public boolean isOpen() {
    return this == OPEN || this == REQUEST;
  }

  /// Returns the role to name in a refusal: the narrowest one that suffices.
  ///
  /// @throws NoSuchElementException if no role is required
  public DeskRole role() {
    return roles().stream().min(Comparator.naturalOrder()).orElseThrow();
  }
}
