package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import lazaret.vetting.crates.Sha256;

/// A verdict as it was recorded, with its context.
///
/// @param cksum the SHA-256 of the artifact at that time
/// @param at the time at which the verdict was recorded
/// @param served whether clients got the version
/// @param verdict the verdict
/// @param context the data on which the verdict rested
public record RecordedVerdictInfo(
    Sha256 cksum, Instant at, boolean served, VerdictInfo verdict, ContextInfo context) {}
