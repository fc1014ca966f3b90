package lazaret.vetting.deskapi.events;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The state of the verification of the ledger's hash chain, which begins at the first entry. Each
/// call verifies a limited number of entries.
///
/// @param verified the last entry up to which the chain is whole; 0 if none was verified
/// @param entries the number of entries
/// @param complete whether the chain was verified up to the last entry
/// @param head the hash of the last verified entry; null if none was verified
/// @param at the time of the check
/// @param broken the first entry that is altered, missing or cannot be read; null if none is known
/// @param fault one clause with the fault; null if none is known
public record LedgerVerificationReply(
    long verified,
    long entries,
    boolean complete,
    @Nullable Sha256 head,
    Instant at,
    @Nullable Long broken,
    @Nullable String fault) {}
