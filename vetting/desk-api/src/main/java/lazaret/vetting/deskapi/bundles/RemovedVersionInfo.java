package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A version that an import removes without a denial.
///
/// @param name the crate
/// @param version the version
/// @param code the code of the reason: `not-named`, `not-held`, `reserved` or the code of a rule
/// @param why the cause in one clause
public record RemovedVersionInfo(CrateName name, CrateVersion version, String code, String why) {}
