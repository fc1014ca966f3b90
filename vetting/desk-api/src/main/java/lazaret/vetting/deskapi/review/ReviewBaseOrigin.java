package lazaret.vetting.deskapi.review;

/// The cause for which a version is offered as the base of a difference.
public enum ReviewBaseOrigin {
  /// A person approved the version.
  APPROVED,
  /// The rules serve the version.
  SERVED,
  /// The rules serve the version, except for an advisory.
  ADVISORY,
  /// The request names the version.
  NAMED
}
