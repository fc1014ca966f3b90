package lazaret.vetting.policy;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.VersionDecisions;
import org.jspecify.annotations.Nullable;

/// A version in a request that the index does not list. A registry deletes malware, so a victim's
/// lockfile can name such a version.
///
/// @param name name of the crate in the request's spelling
/// @param version the version
/// @param cksum SHA-256 in the request; null if there is none
/// @param decisions decisions of people on the version
public record UnlistedVersion(
    CrateName name, CrateVersion version, @Nullable Sha256 cksum, VersionDecisions decisions) {}
