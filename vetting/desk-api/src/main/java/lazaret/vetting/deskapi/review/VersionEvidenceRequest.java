package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the stored evidence on one version.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
public record VersionEvidenceRequest(@InPath CrateName name, @InPath CrateVersion version) {}
