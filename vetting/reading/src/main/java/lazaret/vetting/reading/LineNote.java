package lazaret.vetting.reading;

import java.time.Instant;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// A note of a person on one line of a version.
///
/// @param number the number of the note, from 1, unique among those of its version
/// @param person the person, as named in the ledger
/// @param at the time
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param path the path of the file
/// @param content the SHA-256 of the file
/// @param line the line, from 1
/// @param text the text
record LineNote(
    int number,
    String person,
    Instant at,
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    String path,
    Sha256 content,
    int line,
    String text) {
  /// The maximum length of a text, in characters.
  static final int MAX_TEXT = 2_000;

  CrateId artifact() {
    return new CrateId(name, version, cksum);
  }
}
