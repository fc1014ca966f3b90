package lazaret.vetting.deskapi.search;

import java.util.List;
import lazaret.vetting.deskapi.feeds.AdvisoryInfo;

/// The result of a search, at most 50 hits.
///
/// @param versions the versions that the words name, by name and version or by SHA-256
/// @param crates the crates whose name contains the words, the exact name first
/// @param total the number of matching names of crates
/// @param people the names in the ledger that contain the words; empty without the role of a
///   reviewer or auditor
/// @param advisories the records of the advisory that the words name
public record SearchReply(
    List<VersionHitInfo> versions,
    List<CrateHitInfo> crates,
    long total,
    List<String> people,
    List<AdvisoryInfo> advisories) {
  public SearchReply {
    versions = List.copyOf(versions);
    crates = List.copyOf(crates);
    people = List.copyOf(people);
    advisories = List.copyOf(advisories);
  }
}
