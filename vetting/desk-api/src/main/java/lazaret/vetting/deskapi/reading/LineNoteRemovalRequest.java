package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// An order to remove a note of the caller.
///
/// @param name the crate
/// @param version the version
/// @param number the number of the note
public record LineNoteRemovalRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InPath int number) {}
