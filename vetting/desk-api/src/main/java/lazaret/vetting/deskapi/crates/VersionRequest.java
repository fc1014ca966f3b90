package lazaret.vetting.deskapi.crates;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for one version as it is now.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
public record VersionRequest(@InPath CrateName name, @InPath CrateVersion version) {}
