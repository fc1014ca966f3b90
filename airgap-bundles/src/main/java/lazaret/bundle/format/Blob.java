package lazaret.bundle.format;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// An artefact in a bundle.
///
/// @param digest of its bytes
/// @param length in bytes
/// @param part the number of the part that it is in, from 1
/// @param offset where its bytes begin in the part
/// @param name the crate
/// @param version the version
public record Blob(
    Sha256 digest, long length, int part, long offset, CrateName name, CrateVersion version) {
  /// Returns which artefact it is.
  public CrateId id() {
    return new CrateId(name, version, digest);
  }

  /// Tells whether it is of a version, whatever bytes that has.
  public boolean isOf(CrateId version) {
    return name.equals(version.name()) && this.version.equals(version.version());
  }

  /// Returns the line of the table: the fields in their order, parted by tabs.
  String line() {
    return String.join(
        "\t",
        digest.hex(),
        Long.toString(length),
        Integer.toString(part),
        Long.toString(offset),
        name.published(),
        version.text());
  }
}
