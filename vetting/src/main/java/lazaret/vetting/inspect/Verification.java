package lazaret.vetting.inspect;

import lazaret.vetting.crates.Sha256;

/// Whether bytes are those that an index line names.
public sealed interface Verification {
  /// They are.
  ///
  /// @param crate the same bytes under the type that stores and clients may be given
  record Match(VerifiedCrate crate) implements Verification {}

  /// They are not: a damaged transfer, a tampered mirror, or a version that was published twice.
  ///
  /// @param expected the digest in the index line
  /// @param found the digest of the bytes
  record Mismatch(Sha256 expected, Sha256 found) implements Verification {}
}
