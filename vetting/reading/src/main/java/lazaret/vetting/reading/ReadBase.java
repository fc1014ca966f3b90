package lazaret.vetting.reading;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The content with which a person compared another one, and the artifact that has it.
///
/// @param content the SHA-256 of the file of the base
/// @param name the crate of the base
/// @param version the version of the base
/// @param cksum the SHA-256 of the artifact of the base
record ReadBase(Sha256 content, CrateName name, CrateVersion version, Sha256 cksum) {
  /// Returns the base of a file.
  static ReadBase of(Sha256 content, CrateId artifact) {
    return new ReadBase(content, artifact.name(), artifact.version(), artifact.cksum());
  }

  /// Returns the artifact.
  CrateId artifact() {
    return new CrateId(name, version, cksum);
  }
}
