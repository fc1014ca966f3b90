package lazaret.vetting.deskapi.events;

import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.DecisionInfo;
import org.jspecify.annotations.Nullable;

/// An entry of the ledger; it has a decision or a notice.
///
/// @param sequence the sequence, from 1
/// @param hash the hash of the entry
/// @param previous the hash of the previous entry
/// @param encoded the canonical text that the hash covers
/// @param decision the decision; null if the entry is a notice
/// @param notice the notice; null if the entry is a decision
public record EventInfo(
    long sequence,
    Sha256 hash,
    Sha256 previous,
    String encoded,
    @Nullable DecisionInfo decision,
    @Nullable NoticeInfo notice) {}
