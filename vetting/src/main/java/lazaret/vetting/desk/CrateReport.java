package lazaret.vetting.desk;

import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.LeftOut;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// Everything the gate can say about one crate now.
///
/// @param name the name as published
/// @param freshness when upstream last confirmed the index file
/// @param versions every version, in upstream's order
/// @param leftOut upstream's lines that are not relayed
/// @param newestServed the newest version that would be served; null where there is none
public record CrateReport(
    CrateName name,
    Freshness freshness,
    List<Line> versions,
    List<LeftOut> leftOut,
    @Nullable CrateVersion newestServed) {
  /// Copies the lists.
  public CrateReport {
    versions = List.copyOf(versions);
    leftOut = List.copyOf(leftOut);
  }

  /// One version in brief.
  ///
  /// @param version the exact version text
  /// @param cksum the SHA-256 that a decision on it would be bound to
  /// @param verdict what the rules say
  /// @param served whether it would be handed out
  /// @param yanked whether upstream yanked it
  /// @param artefactHeld whether its bytes are stored
  public record Line(
      CrateVersion version,
      Sha256 cksum,
      Verdict verdict,
      boolean served,
      boolean yanked,
      boolean artefactHeld) {}
}
