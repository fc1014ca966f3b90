package lazaret.vetting.deskapi.crates;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the clients and lockfiles that have a version.
///
/// @param name the crate
/// @param version the version
public record BlastRadiusRequest(@InPath CrateName name, @InPath CrateVersion version) {}
