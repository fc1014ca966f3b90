package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A version that was named and is not in the snapshot.
///
/// @param name the crate
/// @param version the version; null for any version
/// @param why the cause in one clause
/// @param acceptedBefore whether the previous snapshot lacked it too
public record MissingVersionInfo(
    CrateName name, @Nullable CrateVersion version, String why, boolean acceptedBefore) {}
