package lazaret.vetting.deskapi.bundles;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;

/// A requirement that the snapshot does not meet.
///
/// @param name the crate that has the requirement
/// @param version its version
/// @param requires the crate that is required
/// @param req the requirement
/// @param targetOnly whether the dependency applies to some platforms only
/// @param acceptedBefore whether the previous snapshot lacked it too
public record UnmetInSnapshotInfo(
    CrateName name,
    CrateVersion version,
    CrateName requires,
    String req,
    boolean targetOnly,
    boolean acceptedBefore) {}
