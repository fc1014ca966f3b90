package lazaret.vetting.deskapi.lockfiles;

import java.time.Instant;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// The part of the result of a package that states how long it lasts.
///
/// @param expires the end of the approval or exemption that serves the version; null if it needs
///   none
/// @param onlyByBundle whether the artifact can only arrive by a bundle import
/// @param verdict what the verdict permits; null if no rule was evaluated
/// @param until the end of a hold; null for every other verdict
public record LockfileVerdictInfo(
    @Nullable Instant expires,
    boolean onlyByBundle,
    VerdictInfo.@Nullable Kind verdict,
    @Nullable Instant until) {}
