package lazaret.vetting.deskapi.site;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A version whose documentation is meant.
///
/// @param name the crate
/// @param version the version
public record DocumentationVersionRequest(@InPath CrateName name, @InPath CrateVersion version) {}
