package lazaret.vetting.deskapi.bundles;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A snapshot that is retained.
///
/// @param sequence the sequence
/// @param epoch the epoch
/// @param kind the kind of the bundle that carries it
/// @param stateRoot the state root
/// @param bundle the SHA-256 of the bundle's statement
/// @param issued the time at which it was made
/// @param at the time at which it was recorded here
/// @param crates the number of crates
/// @param versions the number of versions
public record RetainedSnapshotInfo(
    long sequence,
    long epoch,
    BundleKind kind,
    Sha256 stateRoot,
    Sha256 bundle,
    Instant issued,
    Instant at,
    long crates,
    long versions) {}
