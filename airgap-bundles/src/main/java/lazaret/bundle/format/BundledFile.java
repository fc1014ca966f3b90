package lazaret.bundle.format;

import lazaret.vetting.crates.Sha256;

/// The location of a file of the site in a bundle.
///
/// @param digest the SHA-256 of its bytes
/// @param length the length in bytes
/// @param part the number of the part that contains it, from 1
/// @param offset the offset of its first byte in the part
public record BundledFile(Sha256 digest, long length, int part, long offset) {
  /// Returns the line of the table: the fields in their order, separated by tabs.
  String line() {
    return "%s\t%d\t%d\t%d".formatted(digest.hex(), length, part, offset);
  }
}
