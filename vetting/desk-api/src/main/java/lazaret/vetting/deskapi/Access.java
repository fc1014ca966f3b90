package lazaret.vetting.deskapi;

import lazaret.vetting.deskapi.tokens.Scope;
import org.jspecify.annotations.Nullable;

/// The credential that an operation requires.
public enum Access {
  /// No token is required. The HTTP server answers: the operation concerns the connection.
  PUBLIC(null),
  /// No token is required on any gate, even if it serves cargo with tokens only. A token that was
  /// sent has no effect.
  ANYONE(null),
  /// A token of any scope is required, or none if the gate serves cargo without tokens.
  OPEN(Scope.READ),
  /// A token of any scope is required.
  READ(Scope.READ),
  /// A token that permits fetching is required.
  PREFETCH(Scope.PREFETCH),
  /// A token that permits decisions is required.
  REVIEW(Scope.REVIEW),
  /// A token that permits administration is required.
  ADMIN(Scope.ADMIN);

  private final @Nullable Scope scope;

  Access(@Nullable Scope scope) {
    this.scope = scope;
  }

  /// Returns the narrowest scope that a token must have, or null if no token is required.
  public @Nullable Scope scope() {
    return scope;
  }
}
