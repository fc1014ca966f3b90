package lazaret.vetting.deskapi.diff;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for rows of the difference of one file.
///
/// @param name the crate
/// @param version the reviewed version; build metadata may be omitted if it is unambiguous
/// @param base the version to compare with; null for the version with the least to read. The
///   reviewed version itself means no base: all files are added
/// @param path the path of the file in the list of files
/// @param hunk the number of the hunk at which to begin, from 1; null to begin at a row
/// @param from the index of the first row, from 0; null for 0. With `hunk` it counts from the first
///   row of that hunk
/// @param limit the largest number of rows, 1 to 600; null for 600
/// @param chars the largest number of characters of a line, 400 to 65,536; null for 400
public record DiffRowsRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    @InQuery String path,
    @InQuery @Nullable Integer hunk,
    @InQuery @Nullable Integer from,
    @InQuery @Nullable Integer limit,
    @InQuery @Nullable Integer chars) {}
