package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateVersion;

/// A version that a difference compares with.
///
/// @param version the version
/// @param origin the cause for which it is offered
/// @param stat the size of the difference
public record ReviewBaseInfo(CrateVersion version, Origin origin, DiffStatInfo stat) {
  /// The causes for which a base is offered.
  public enum Origin {
    /// A person approved the version.
    APPROVED,
    /// The rules serve the version.
    SERVED,
    /// The rules serve the version, except for an advisory.
    ADVISORY,
    /// The request names the version.
    NAMED
  }
}
