package lazaret.vetting.deskapi.behavior;

import java.time.Instant;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The record of a build in the sandbox.
///
/// @param at the time of the record
/// @param by the name of the token that recorded it
/// @param ending the end of the build in one clause
/// @param base the version whose build is compared; null if no base has a record
public record BehaviorEvidenceInfo(
    Instant at, String by, String ending, @Nullable CrateVersion base) {}
