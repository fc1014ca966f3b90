package lazaret.vetting.deskapi.retention;

/// The reasons for which no rule removes a stored artifact, in the order of their cost.
public enum KeptReason {
  /// The version is of a private crate that this gate hosts: the artifact is the only copy.
  PRIVATE,
  /// Upstream no longer lists the version, or lists other bytes: the artifact may be the last copy.
  GONE_UPSTREAM,
  /// The version is yanked.
  YANKED,
  /// The version is younger than twice the cooldown of build-time code.
  YOUNG,
  /// A person decided on the version.
  DECISION,
  /// The artifact has no findings that this program can read.
  NOT_INSPECTED,
  /// The findings contain a signal that a person should read, or a problem of the archive.
  FINDINGS,
  /// The version is queued.
  REQUEST,
  /// A person wrote a note on a line of the version.
  NOTE,
  /// A person read the version.
  READ,
  /// A retained snapshot serves the artifact, or one that is being made.
  SNAPSHOT,
  /// A submitted lockfile contains the version.
  LOCKFILE
}
