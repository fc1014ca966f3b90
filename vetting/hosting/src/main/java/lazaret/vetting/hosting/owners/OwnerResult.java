package lazaret.vetting.hosting.owners;

import lazaret.vetting.ErrorCode;

/// The result of a change of owners.
public sealed interface OwnerResult {
  /// The change is in force, or was before.
  ///
  /// @param message one sentence for the person
  record Changed(String message) implements OwnerResult {}

  /// Nothing changed.
  ///
  /// @param code `unknown` for a crate that does not exist, `forbidden` for a person without the
  ///   right, and `malformed-input` for a rule
  /// @param detail one sentence for the person
  record Refused(ErrorCode code, String detail) implements OwnerResult {}
}
