package lazaret.vetting.policy;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Standing;
import org.jspecify.annotations.Nullable;

/// The input of the rules for one version.
///
/// @param line stored version
/// @param findings findings of the inspection; null if the artifact was not inspected
/// @param standing decisions of people on the version
/// @param wave part of the version in a yank wave
/// @param testimony external evidence on the version
public record Dossier(
    HeldLine line,
    @Nullable Findings findings,
    Standing standing,
    YankWave.Part wave,
    Testimony testimony) {
  CrateName name() {
    return line.entry().name();
  }

  CrateVersion version() {
    return line.entry().version();
  }
}
