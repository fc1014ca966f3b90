package lazaret.vetting.deskapi.hosting;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;

/// An order to delete a version of a private crate. Its number is not used again.
///
/// @param name the crate
/// @param version the version
/// @param reason the reason, for the ledger and for builds that want the version
public record PrivateDeletionRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery String reason) {}
