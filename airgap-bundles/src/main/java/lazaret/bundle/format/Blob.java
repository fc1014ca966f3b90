package lazaret.bundle.format;

import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// The location of an artifact in a bundle.
///
/// @param digest the SHA-256 of its bytes
/// @param length the length in bytes
/// @param part the number of the part that contains it, from 1
/// @param offset the offset of its first byte in the part
/// @param name the name of the crate
/// @param version the version
public record Blob(
    Sha256 digest, long length, int part, long offset, CrateName name, CrateVersion version) {
  /// Returns the crate, version and checksum of the artifact.
  public CrateId id() {
    return new CrateId(name, version, digest);
  }

  /// Returns whether the artifact is of a version, without regard to the checksum.
  public boolean isOf(CrateId version) {
    return name.equals(version.name()) && this.version.equals(version.version());
  }

  /// Returns the line of the table: the fields in their order, separated by tabs.
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
