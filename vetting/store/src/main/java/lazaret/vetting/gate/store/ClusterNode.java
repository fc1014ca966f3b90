package lazaret.vetting.gate.store;

import java.time.Instant;
import java.util.UUID;

/// A server that works on a store that several servers share.
///
/// @param instance the process; another one after each start
/// @param name the name by which its operator knows it
/// @param product the version of its program
/// @param started the database time of its start
/// @param lastBeat the database time of its last beat
/// @param applied the number of the last change that it applied
/// @param policy the digest of the policy in force there; empty if it is not known yet
/// @param live whether it can serve: its last beat is recent
public record ClusterNode(
    UUID instance,
    String name,
    String product,
    Instant started,
    Instant lastBeat,
    long applied,
    String policy,
    boolean live) {}
