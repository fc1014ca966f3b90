package lazaret.vetting.deskapi.lockfiles;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.deskapi.crates.ReasonInfo;
import lazaret.vetting.deskapi.crates.VerdictInfo;

/// A version that is stored.
///
/// @param name the crate
/// @param version the version
/// @param cksum the SHA-256 of the artifact
/// @param bytes the size of the artifact in bytes
/// @param verdict the verdict
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record PrefetchReply(
    CrateName name,
    CrateVersion version,
    Sha256 cksum,
    long bytes,
    VerdictInfo verdict,
    List<ReasonInfo> feedWarnings) {
  public PrefetchReply {
    feedWarnings = List.copyOf(feedWarnings);
  }
}
