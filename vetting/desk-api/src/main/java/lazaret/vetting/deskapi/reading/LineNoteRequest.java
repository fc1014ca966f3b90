package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.binding.InPath;

/// An order to add a note on one line.
///
/// @param name the crate
/// @param version the version
/// @param path the path of the file
/// @param content the SHA-256 of the file that was shown
/// @param line the line of the reviewed version, from 1
/// @param text the text, 1 to 2,000 characters
public record LineNoteRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    String path,
    Sha256 content,
    int line,
    String text) {}
