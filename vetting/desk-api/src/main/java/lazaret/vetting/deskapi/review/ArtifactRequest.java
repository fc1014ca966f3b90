package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the artifact of one version, regardless of its verdict.
///
/// @param name the crate
/// @param version the version
public record ArtifactRequest(@InPath CrateName name, @InPath CrateVersion version) {}
