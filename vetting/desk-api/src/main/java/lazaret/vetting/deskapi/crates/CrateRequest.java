package lazaret.vetting.deskapi.crates;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for all versions of one crate.
///
/// @param name the crate
public record CrateRequest(@InPath CrateName name) {}
