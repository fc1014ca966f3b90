package lazaret.vetting.deskapi.crates;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// All versions of one crate, with their verdicts.
///
/// @param name the crate
/// @param newestServed the newest version that is served; null if no version is served
/// @param checkedAt the time at which upstream last confirmed the index file
/// @param fetchedAt the time at which the index file was last fetched
/// @param versions the versions in the order of the index file
/// @param omitted the index lines that are not relayed
/// @param feedWarnings warnings about the age of the feeds; empty while all feeds are fresh
public record CrateReply(
    CrateName name,
    @Nullable CrateVersion newestServed,
    Instant checkedAt,
    Instant fetchedAt,
    List<CrateVersionInfo> versions,
    List<OmittedLineInfo> omitted,
    List<ReasonInfo> feedWarnings) {
  public CrateReply {
    versions = List.copyOf(versions);
    omitted = List.copyOf(omitted);
    feedWarnings = List.copyOf(feedWarnings);
  }
}
