package lazaret.vetting.deskapi.diff;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// The two artifacts of a difference.
///
/// @param name the crate
/// @param version the reviewed version
/// @param cksum the SHA-256 of its artifact
/// @param base the version that is compared; null if the difference is the whole crate
/// @param baseCksum the SHA-256 of the artifact of the base; null if there is none
public record DiffSubjectInfo(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    @Nullable CrateVersion base,
    @Nullable Sha256 baseCksum) {}
