package lazaret.vetting.deskapi.search;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A crate in the result of a search.
///
/// @param name the crate
/// @param newestServed the newest version that is served; null if no version is served
public record CrateHitInfo(CrateName name, @Nullable CrateVersion newestServed) {}
