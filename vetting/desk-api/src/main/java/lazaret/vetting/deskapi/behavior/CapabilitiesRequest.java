package lazaret.vetting.deskapi.behavior;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the capabilities of a version with all places.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
/// @param base the version to compare with; null for the version with the least to read
public record CapabilitiesRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery @Nullable CrateVersion base) {}
