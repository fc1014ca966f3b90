package lazaret.storage.postgres;

import java.util.UUID;
import lazaret.vetting.crates.Sha256;

/// The place of an announced commit in the order of all nodes.
///
/// @param counter the decision counter
/// @param batch the identity of the commit
/// @param sequence the sequence of the last ledger entry; 0 if there is none
/// @param hash the hash of that entry, or [lazaret.vetting.ledger.LedgerEntry#GENESIS]
/// @param losses the number of losses that persons have accepted
public record CommitPosition(long counter, UUID batch, long sequence, Sha256 hash, int losses) {}
