package lazaret.vetting.policy.rules;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.VersionDecisions;
import org.jspecify.annotations.Nullable;

/// The input of the rules for one version.
///
/// @param line stored version
/// @param findings findings of the inspection; null if the artifact was not inspected
/// @param decisions decisions of people on the version
/// @param wave part of the version in a yank wave
/// @param evidence external evidence on the version
/// @param hold the reason for which the version waits since it was published here; null if none
public record RuleInput(
    StoredLine line,
    @Nullable Findings findings,
    VersionDecisions decisions,
    YankWave.Role wave,
    ExternalEvidence evidence,
    @Nullable String hold) {
  /// Creates the input for a version that was not held when it was published.
  public RuleInput(
      StoredLine line,
      @Nullable Findings findings,
      VersionDecisions decisions,
      YankWave.Role wave,
      ExternalEvidence evidence) {
    this(line, findings, decisions, wave, evidence, null);
  }

  CrateName name() {
    return line.entry().name();
  }

  CrateVersion version() {
    return line.entry().version();
  }
}
