package lazaret.vetting.archive;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;

/// The bytes of a `.crate` file with the SHA-256 of their index line. Only [UnverifiedCrate#verify]
/// creates it, so a store that requires this type cannot receive unverified bytes. Immutable.
public final class VerifiedCrate {
  private final CrateId id;
  private final Bytes bytes;

  VerifiedCrate(CrateId id, Bytes bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /// Returns the name, version and checksum of the artifact.
  public CrateId id() {
    return id;
  }

  /// Returns the compressed archive.
  public Bytes bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    // Equal ids have equal digests and therefore equal bytes.
    return other instanceof VerifiedCrate that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id + ", " + bytes;
  }
}
