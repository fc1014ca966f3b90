package lazaret.vetting.deskapi.audits;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the audit statements on a crate, with the result for one version.
///
/// @param name the crate
/// @param version the version
public record AuditsOfVersionRequest(@InPath CrateName name, @InPath CrateVersion version) {}
