package lazaret.vetting.archive;

import lazaret.vetting.crates.Sha256;

/// The result of comparing bytes with the checksum of an index line.
public sealed interface Verification {
  /// Bytes with the expected checksum.
  ///
  /// @param crate the bytes, as the type that may be stored and served
  record Match(VerifiedCrate crate) implements Verification {}

  /// Bytes with another checksum: a damaged transfer, a tampered mirror, or a version that was
  /// published twice.
  ///
  /// @param expected the digest in the index line
  /// @param found the digest of the bytes
  record Mismatch(Sha256 expected, Sha256 found) implements Verification {}
}
