package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the readers of the files of a version.
///
/// @param name the crate
/// @param version the reviewed version
/// @param base the version to compare with; null for the version with the least to read
/// @param path the path of the only file to list; null for all files to read
public record ReadersRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    @InQuery @Nullable String path) {}
