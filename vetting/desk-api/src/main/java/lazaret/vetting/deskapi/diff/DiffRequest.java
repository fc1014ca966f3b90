package lazaret.vetting.deskapi.diff;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the files of a difference.
///
/// @param name the crate
/// @param version the reviewed version; build metadata may be omitted if it is unambiguous
/// @param base the version to compare with; null for the version with the least to read. The
///   reviewed version itself means no base: all files are added
/// @param from the index of the first file, from 0; null for 0
/// @param limit the largest number of files, 1 to 1,000; null for 1,000
/// @param stored whether the request is refused if an artifact is not stored, in place of a fetch
public record DiffRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    @InQuery @Nullable Integer from,
    @InQuery @Nullable Integer limit,
    @InQuery boolean stored) {}
