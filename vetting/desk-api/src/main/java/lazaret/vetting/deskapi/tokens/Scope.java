package lazaret.vetting.deskapi.tokens;

/// The older names of some roles, from narrow to wide; each includes those before it. Requests and
/// replies have them for programs that were written before there were roles.
public enum Scope {
  /// The role of a requester.
  READ,
  /// The role of a prefetcher.
  PREFETCH,
  /// The role of a reviewer.
  REVIEW,
  /// The role of an administrator.
  ADMIN
}
