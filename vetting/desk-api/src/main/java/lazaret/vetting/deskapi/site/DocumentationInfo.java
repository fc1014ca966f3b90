package lazaret.vetting.deskapi.site;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The documentation of one version.
///
/// @param name the crate
/// @param version the version
/// @param at the time of the build
/// @param toolchain the toolchain, as `rustc -V` names it; null if the build failed before
/// @param pages the number of files; 0 if there are none
/// @param bytes the size of the files
/// @param failure the reason why there are no pages; null if there are
public record DocumentationInfo(
    CrateName name,
    CrateVersion version,
    Instant at,
    @Nullable String toolchain,
    int pages,
    long bytes,
    @Nullable String failure) {}
