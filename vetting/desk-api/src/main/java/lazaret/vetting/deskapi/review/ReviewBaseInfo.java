package lazaret.vetting.deskapi.review;

import lazaret.vetting.crates.CrateVersion;

/// A version that a difference compares with.
///
/// @param version the version
/// @param origin the cause for which it is offered
/// @param stat the size of the difference
public record ReviewBaseInfo(CrateVersion version, ReviewBaseOrigin origin, DiffStatInfo stat) {}
