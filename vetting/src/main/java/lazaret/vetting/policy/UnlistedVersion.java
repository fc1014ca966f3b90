package lazaret.vetting.policy;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.ledger.Standing;
import org.jspecify.annotations.Nullable;

/// A version that is asked about and that the index does not list. A registry deletes malware, so
/// that a victim's lockfile names such a version.
///
/// @param name the crate, as the asker spells it
/// @param version the version
/// @param cksum the SHA-256 that the asker names; null if it names none
/// @param standing the decisions of people on the version
public record UnlistedVersion(
    CrateName name, CrateVersion version, @Nullable Sha256 cksum, Standing standing) {}
