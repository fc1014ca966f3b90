package lazaret.vetting.archive;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.Sha256;

/// The bytes of a `.crate` file as received.
///
/// @param bytes any bytes
public record UnverifiedCrate(Bytes bytes) {
  /// Compares the SHA-256 of the bytes with that of an index line (Cargo reference, *Registry
  /// Index*, `cksum`). This is the only way to obtain a [VerifiedCrate].
  public Verification verify(CrateId id) {
    Sha256 found = Sha256.of(bytes);
    return found.equals(id.cksum())
        ? new Verification.Match(new VerifiedCrate(id, bytes))
        : new Verification.Mismatch(id.cksum(), found);
  }
}
