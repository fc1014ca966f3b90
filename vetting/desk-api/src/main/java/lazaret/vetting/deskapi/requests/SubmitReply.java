package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version that was put into the queue.
///
/// @param name the crate
/// @param version the version
/// @param requested always true
/// @param verdict the verdict with its deciding reason
public record SubmitReply(
    CrateName name, CrateVersion version, boolean requested, VerdictInfo verdict) {}
