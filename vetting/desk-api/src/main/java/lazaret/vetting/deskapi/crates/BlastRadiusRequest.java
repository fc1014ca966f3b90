package lazaret.vetting.deskapi.crates;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the clients and lockfiles that have a version.
///
/// @param name the crate
/// @param version the version
/// @param limit the largest number of records of downloads that are read, the latest first: one for
///   each client and day, 1 to 1,000,000; null for all
public record BlastRadiusRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery @Nullable Integer limit) {}
