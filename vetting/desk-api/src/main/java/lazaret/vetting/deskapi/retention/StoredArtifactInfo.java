package lazaret.vetting.deskapi.retention;

import java.time.LocalDate;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A stored artifact with its use.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256
/// @param bytes the length in bytes
/// @param used the last day in UTC on which a client received it, or on which it was first noticed;
///   null if no use is recorded
/// @param kept the reasons for which no rule removes it
/// @param lockfiles names of submitted lockfiles that contain it, at most 3
/// @param rule the rule that removes it; null if none does
public record StoredArtifactInfo(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    long bytes,
    @Nullable LocalDate used,
    List<KeptReason> kept,
    List<String> lockfiles,
    @Nullable String rule) {
  public StoredArtifactInfo {
    kept = List.copyOf(kept);
    lockfiles = List.copyOf(lockfiles);
  }
}
