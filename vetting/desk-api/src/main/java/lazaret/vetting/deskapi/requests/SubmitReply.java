package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version that was put into the queue.
///
/// @param name the crate
/// @param version the version
/// @param requested always true
/// @param recorded whether the reason is in the ledger; false beyond the limit of reasons of a day
/// @param verdict the verdict with its deciding reason
public record SubmitReply(
    CrateName name,
    CrateVersion version,
    boolean requested,
    boolean recorded,
    VerdictInfo verdict) {}
