package lazaret.vetting.deskapi.requests;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.VerdictInfo;
import org.jspecify.annotations.Nullable;

/// The explanation of a refused version.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact in the index
/// @param verdict the verdict with its deciding reason
/// @param served whether clients get the version now
/// @param refusal always true: a reply with less data than that of the operation `version`
/// @param snapshot the sequence of the snapshot that is served; null if the server has an upstream
/// @param onlyByBundle whether the artifact can only arrive by a bundle import
/// @param replacement the nearest version that is served; null if the version itself is served, or
///   none is
/// @param compatible whether cargo regards `replacement` as compatible
/// @param movable whether cargo moves to `replacement` from any lockfile
public record RefusalReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    VerdictInfo verdict,
    boolean served,
    boolean refusal,
    @Nullable Long snapshot,
    boolean onlyByBundle,
    @Nullable CrateVersion replacement,
    boolean compatible,
    boolean movable) {}
