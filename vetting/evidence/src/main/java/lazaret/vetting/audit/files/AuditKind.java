package lazaret.vetting.audit.files;

import lazaret.vetting.crates.VersionReq;

/// The kind of an entry of `[[audits.CRATE]]`, with its versions.
public sealed interface AuditKind {
  /// An audit of a whole version.
  ///
  /// @param version the version
  record Full(VetVersion version) implements AuditKind {}

  /// An audit of the difference between two versions; it may go backwards.
  ///
  /// @param from base version
  /// @param to version that the difference leads to
  record Delta(VetVersion from, VetVersion to) implements AuditKind {}

  /// A statement that versions do not meet the criteria.
  ///
  /// @param versions the versions
  record Violation(VersionReq versions) implements AuditKind {}
}
