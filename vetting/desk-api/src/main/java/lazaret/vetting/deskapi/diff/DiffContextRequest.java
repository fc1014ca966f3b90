package lazaret.vetting.deskapi.diff;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for equal lines around the hunks of one file.
///
/// @param name the crate
/// @param version the reviewed version; build metadata may be omitted if it is unambiguous
/// @param base the version to compare with; null for the version with the least to read. The
///   reviewed version itself means no base: all files are added
/// @param path the path of the file in the list of files
/// @param from the first line of the reviewed version, from 1; null for 1
/// @param to the last line; null for the last line of the file. A reply has at most 600 lines
public record DiffContextRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    @InQuery String path,
    @InQuery @Nullable Integer from,
    @InQuery @Nullable Integer to) {}
