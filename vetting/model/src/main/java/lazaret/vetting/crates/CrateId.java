package lazaret.vetting.crates;

/// The identity of one published artifact: crate, version and digest of its bytes. Verdicts bind to
/// this and not to the version alone, because a registry can change the bytes of a version.
///
/// @param name name of the crate as published
/// @param version exact version, including build metadata
/// @param cksum SHA-256 of the `.crate` file, as in the index line
public record CrateId(CrateName name, CrateVersion version, Sha256 cksum) {
  /// Returns the form for messages: `serde 1.0.9 (sha256 ab12cd34..)`.
  @Override
  public String toString() {
    return name + " " + version + " (sha256 " + cksum.hex().substring(0, 8) + "..)";
  }
}
