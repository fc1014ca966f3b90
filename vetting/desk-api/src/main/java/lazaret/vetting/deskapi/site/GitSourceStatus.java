package lazaret.vetting.deskapi.site;

/// The states of a Git source.
public enum GitSourceStatus {
  /// Nobody decided on it.
  WAITING,
  /// Builds may use it.
  APPROVED,
  /// Builds may not use it.
  DENIED
}
