package lazaret.vetting.deskapi.store;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;

/// An order to import an artifact of another mirror.
///
/// @param name the crate
/// @param version the version
/// @param artifact the bytes of the `.crate` file
public record ImportCrateRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InBody Bytes artifact) {}
