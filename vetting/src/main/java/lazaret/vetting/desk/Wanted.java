package lazaret.vetting.desk;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// One version that somebody wants, as a lockfile or a person names it.
///
/// @param expected the SHA-256 that the bytes must have; null where none was named
/// @param lockfile where the wish comes from, for the queue; null where it is not known
public record Wanted(
    CrateName name, CrateVersion version, @Nullable Sha256 expected, @Nullable String lockfile) {}
