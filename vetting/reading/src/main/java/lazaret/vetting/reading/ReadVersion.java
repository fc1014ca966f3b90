package lazaret.vetting.reading;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A person who reads the review of an artifact.
///
/// @param person the person, as named in the ledger
/// @param cksum the SHA-256 of the artifact
/// @param at the time of the last mark
record ReadVersion(String person, Sha256 cksum, Instant at) {}
