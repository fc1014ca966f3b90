package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;

/// A request for the verdict on a version at a past time.
///
/// @param name the crate
/// @param version the version
/// @param at the past time
public record PastVerdictRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery Instant at) {}
