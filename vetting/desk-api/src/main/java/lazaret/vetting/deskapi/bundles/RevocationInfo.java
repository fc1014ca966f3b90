package lazaret.vetting.deskapi.bundles;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A revocation that was imported after the served snapshot.
///
/// @param number the epoch and sequence, as `e1/3`
/// @param at the time of the import
/// @param bundle the SHA-256 of its statement
/// @param versions the number of versions that it denies
public record RevocationInfo(String number, Instant at, Sha256 bundle, long versions) {}
