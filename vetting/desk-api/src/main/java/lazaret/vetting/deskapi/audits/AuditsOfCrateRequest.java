package lazaret.vetting.deskapi.audits;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for the audit statements on a crate.
///
/// @param name the crate
public record AuditsOfCrateRequest(@InPath CrateName name) {}
