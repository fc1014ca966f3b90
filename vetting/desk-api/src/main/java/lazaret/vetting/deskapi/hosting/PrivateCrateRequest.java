package lazaret.vetting.deskapi.hosting;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.deskapi.binding.InPath;

/// A request for one private crate.
///
/// @param name the crate
public record PrivateCrateRequest(@InPath CrateName name) {}
