package lazaret.vetting.deskapi.lockfiles;

import lazaret.vetting.crates.CrateSpec;
import org.jspecify.annotations.Nullable;

/// A request to check the requirements of versions; exactly one of `spec`, `lockfile` and
/// `everything` is given.
///
/// @param spec a crate or one version; null for none
/// @param lockfile the text of a `Cargo.lock`; null for none
/// @param everything whether all served versions whose artifacts are stored are checked
/// @param lockfileName the name that the sender gives the lockfile; null for none
public record ClosureRequest(
    @Nullable CrateSpec spec,
    @Nullable String lockfile,
    boolean everything,
    @Nullable String lockfileName) {}
