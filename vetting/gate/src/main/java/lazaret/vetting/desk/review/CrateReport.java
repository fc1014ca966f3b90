package lazaret.vetting.desk.review;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.OmittedLine;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The current information about one crate.
///
/// @param name the name as published
/// @param freshness the moment at which upstream last confirmed the index file
/// @param versions all versions, in upstream's order
/// @param omitted the lines of upstream that are not relayed
/// @param newestServed the newest version that would be served; null if there is none
public record CrateReport(
    CrateName name,
    Freshness freshness,
    List<Line> versions,
    List<OmittedLine> omitted,
    @Nullable CrateVersion newestServed) {
  /// Copies the lists.
  public CrateReport {
    versions = List.copyOf(versions);
    omitted = List.copyOf(omitted);
  }

  /// A summary of one version.
  ///
  /// @param version the exact version text
  /// @param cksum the SHA-256 to which a decision would be bound
  /// @param verdict the verdict of the rules
  /// @param served whether it would be served
  /// @param yanked whether upstream yanked it
  /// @param artifactStored whether its bytes are stored
  public record Line(
      CrateVersion version,
      Sha256 cksum,
      Verdict verdict,
      boolean served,
      boolean yanked,
      boolean artifactStored) {}
}
