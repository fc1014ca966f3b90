package lazaret.vetting.snapshot;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// One snapshot as a store remembers it.
///
/// @param epoch which run of keys it was signed in, from 1; raised when keys were lost
/// @param sequence from 1, rising for the life of a stream
/// @param kind what the bundle brought that carried it
/// @param stateRoot the root over all crates ([StateTree])
/// @param bundle SHA-256 of the bundle's statement
/// @param issued when the connected side made it, by its clock
/// @param at when this store took it, by its own
/// @param crates how many crates have lines in it
/// @param versions how many lines it has
/// @param bytes how many bytes its artefacts have
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
