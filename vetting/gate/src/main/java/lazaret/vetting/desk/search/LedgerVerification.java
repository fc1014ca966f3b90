package lazaret.vetting.desk.search;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The state of the verification of the ledger's chain, which begins at the first entry.
///
/// @param verified the last entry up to which the chain is whole; 0 if none was verified
/// @param entries the number of entries
/// @param head the hash of the last verified entry; null if none was verified
/// @param at the time of the check
/// @param broken the first entry that is altered, missing or cannot be read; null if none is known
/// @param fault one clause with the fault; null if none is known
public record LedgerVerification(
    long verified,
    long entries,
    @Nullable Sha256 head,
    Instant at,
    @Nullable Long broken,
    @Nullable String fault) {
  /// Returns whether the chain was verified up to the last entry.
  public boolean complete() {
    return fault == null && verified >= entries;
  }
}
