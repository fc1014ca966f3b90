package lazaret.vetting.gate.serving;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A requested version, as a lockfile or a person names it.
///
/// @param name the crate
/// @param version the version
/// @param expected the SHA-256 that the bytes must have; null if none was named
/// @param lockfile the lockfile that requires it, for the queue; null if unknown
public record WantedVersion(
    CrateName name, CrateVersion version, @Nullable Sha256 expected, @Nullable String lockfile) {}
