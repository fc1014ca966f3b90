package lazaret.vetting.deskapi.reading;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for what was read of a version.
///
/// @param name the crate
/// @param version the reviewed version
/// @param base the version to compare with; null for the version with the least to read
public record ReadStateRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery @Nullable CrateVersion base) {}
