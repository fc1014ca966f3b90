package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;

/// An order to build one version alone in the sandbox service of the gate.
///
/// @param name the crate
/// @param version the version
public record DetonationOrderRequest(@InPath CrateName name, @InPath CrateVersion version) {}
