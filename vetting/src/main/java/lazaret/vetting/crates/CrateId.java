package lazaret.vetting.crates;

/// One published artefact: which crate, which version, and the digest of its bytes. Verdicts bind
/// to this and not to the version alone, because a registry can change the bytes under a version.
///
/// @param name the crate, as published
/// @param version the exact version; build metadata counts
/// @param cksum the SHA-256 of the `.crate` file, as the index line states it
public record CrateId(CrateName name, CrateVersion version, Sha256 cksum) {
  /// Returns the form for messages: `serde 1.0.9 (sha256 ab12cd34..)`.
  @Override
  public String toString() {
    return name + " " + version + " (sha256 " + cksum.hex().substring(0, 8) + "..)";
  }
}
