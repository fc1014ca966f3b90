package lazaret.vetting.audit;

import lazaret.vetting.crates.VersionReq;

/// What an entry of `[[audits.CRATE]]` is about.
public sealed interface AuditKind {
  /// The whole of one version was read.
  ///
  /// @param version the version
  record Full(VetVersion version) implements AuditKind {}

  /// The difference between two versions was read; it may go backwards.
  ///
  /// @param from the version that was known
  /// @param to the version that the difference leads to
  record Delta(VetVersion from, VetVersion to) implements AuditKind {}

  /// Versions are known not to meet the criteria.
  ///
  /// @param versions which ones
  record Violation(VersionReq versions) implements AuditKind {}
}
