package lazaret.vetting.deskapi.behavior;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.binding.InPath;
import lazaret.vetting.deskapi.binding.InQuery;
import org.jspecify.annotations.Nullable;

/// A request for the recorded behavior of a version in the sandbox.
///
/// @param name the crate
/// @param version the version; build metadata may be omitted if it is unambiguous
/// @param base the version whose evidence is compared; null for the nearest lower approved version
///   that has evidence
public record BehaviorRequest(
    @InPath CrateName name, @InPath CrateVersion version, @InQuery @Nullable CrateVersion base) {}
