package lazaret.vetting.deskapi.reading;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A note on one line of a version.
///
/// @param number the number of the note, unique among those of its version
/// @param person the author, as named in the ledger
/// @param at the time
/// @param cksum the SHA-256 of the artifact
/// @param path the path of the file
/// @param content the SHA-256 of the file
/// @param line the line, from 1
/// @param text the text
public record LineNoteInfo(
    int number,
    String person,
    Instant at,
    Sha256 cksum,
    String path,
    Sha256 content,
    int line,
    String text) {}
