package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the notes on the lines of a version.
///
/// @param name the crate
/// @param version the version
public record LineNotesRequest(@InPath CrateName name, @InPath CrateVersion version) {}
