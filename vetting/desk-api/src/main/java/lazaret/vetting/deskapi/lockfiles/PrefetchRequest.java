package lazaret.vetting.deskapi.lockfiles;

import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// An order to store one version.
///
/// @param spec a crate, a version, or a requirement, which names the newest matching version that
///   is served
/// @param cksum the SHA-256 that the artifact must have; null for that of the index
/// @param lockfileName the name of the lockfile that needs the version; null for none
public record PrefetchRequest(
    CrateSpec spec, @Nullable Sha256 cksum, @Nullable String lockfileName) {}
