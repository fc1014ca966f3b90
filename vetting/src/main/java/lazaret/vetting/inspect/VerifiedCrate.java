package lazaret.vetting.inspect;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;

/// The bytes of a `.crate` file that have the SHA-256 of their index line. Made by
/// [UnverifiedCrate#verify] alone, so that a store that asks for this type cannot be given bytes
/// that nobody hashed. Immutable.
public final class VerifiedCrate {
  private final CrateId id;
  private final Bytes bytes;

  VerifiedCrate(CrateId id, Bytes bytes) {
    this.id = id;
    this.bytes = bytes;
  }

  /// Returns which artefact this is.
  public CrateId id() {
    return id;
  }

  /// Returns the compressed archive.
  public Bytes bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    // Equal ids have equal digests, and with them equal bytes.
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
