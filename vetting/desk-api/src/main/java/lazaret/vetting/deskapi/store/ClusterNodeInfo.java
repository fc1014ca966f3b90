package lazaret.vetting.deskapi.store;

import java.time.Instant;

/// A server that shares the store with others.
///
/// @param name its name
/// @param product the version of its program
/// @param live whether it can serve: its last beat is recent
/// @param started its start, by the time of the database
/// @param lastBeat its last beat, by the time of the database
/// @param applied the number of the last change of the others that it applied
/// @param policy the generation of the policy in force there; empty if it is not known yet
public record ClusterNodeInfo(
    String name,
    String product,
    boolean live,
    Instant started,
    Instant lastBeat,
    long applied,
    String policy) {}
