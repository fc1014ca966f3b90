package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the explanation of a refused version.
///
/// @param name the crate
/// @param version the version
public record RefusalRequest(@InPath CrateName name, @InPath CrateVersion version) {}
