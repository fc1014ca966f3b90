package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the draft of a form, or its removal.
///
/// @param name the crate
/// @param version the version
/// @param form the form: `decision`
public record TextDraftRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InPath String form) {}
