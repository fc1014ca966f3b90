package lazaret.vetting.deskapi.diff;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A search for a text in the lines of a difference.
///
/// @param name the crate
/// @param version the reviewed version; build metadata may be omitted if it is unambiguous
/// @param base the version to compare with; null for the version with the least to read. The
///   reviewed version itself means no base: all files are added
/// @param words the text, 2 to 200 characters of one line; letters match in both cases
/// @param from the index of the first file to search, from 0; null for 0
public record DiffFindRequest(
    @InPath CrateName name,
    @InPath CrateVersion version,
    @InQuery @Nullable CrateVersion base,
    @InQuery String words,
    @InQuery @Nullable Integer from) {}
