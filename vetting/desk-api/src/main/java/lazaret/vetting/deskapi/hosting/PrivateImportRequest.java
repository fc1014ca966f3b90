package lazaret.vetting.deskapi.hosting;

import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InBody;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;

/// An order to publish an archive of another registry as a version of a private crate.
///
/// @param name the crate
/// @param version the version
/// @param owner the person, or `group:` and the group, that owns a new crate, and must own one that
///   exists
/// @param yanked whether the version is yanked there
/// @param dryRun whether the checks alone are made
/// @param archive the bytes of the `.crate` file
public record PrivateImportRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery String owner,
    @InQuery boolean yanked,
    @InQuery boolean dryRun,
    @InBody Bytes archive) {}
