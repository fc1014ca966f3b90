package lazaret.vetting.snapshot;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// One snapshot as recorded in a store.
///
/// @param epoch number of the set of keys that signed it, from 1; increased when keys were lost
/// @param sequence number of the snapshot, from 1, increasing for the life of a stream
/// @param kind kind of the bundle that contained it
/// @param stateRoot root over all crates ([StateTree])
/// @param bundle SHA-256 of the bundle's statement
/// @param issued time at which the connected side made it, by its clock
/// @param at time at which this store imported it, by its own clock
/// @param crates number of crates with lines
/// @param versions number of lines
/// @param bytes total size of the artifacts, in bytes
public record SnapshotInfo(
    long epoch,
    long sequence,
    SnapshotKind kind,
    Sha256 stateRoot,
    Sha256 bundle,
    Instant issued,
    Instant at,
    long crates,
    long versions,
    long bytes) {}
