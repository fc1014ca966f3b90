package lazaret.vetting.deskapi.tokens;

/// The scopes of tokens, from narrow to wide; each includes those before it.
public enum Scope {
  /// The token permits use of the registry and read access to the desk.
  READ,
  /// The token permits fetching of the versions that lockfiles name.
  PREFETCH,
  /// The token permits decisions.
  REVIEW,
  /// The token permits administration.
  ADMIN
}
