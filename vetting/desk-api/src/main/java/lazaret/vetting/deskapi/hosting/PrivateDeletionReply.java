package lazaret.vetting.deskapi.hosting;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A deleted version of a private crate.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of its archive
/// @param inForceEverywhereAt the time by which all servers that share the store refuse the
///   version, by the time of the database; null if all refuse it now
public record PrivateDeletionReply(
    CrateName name, CrateVersion version, Sha256 cksum, @Nullable Instant inForceEverywhereAt) {}
