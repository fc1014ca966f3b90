package lazaret.vetting.policy;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Standing;
import org.jspecify.annotations.Nullable;

/// Everything the rules look at when they judge one version.
///
/// @param line the version as the gate holds it
/// @param findings what inspection saw in its bytes; null where they were not inspected
/// @param standing how people's decisions on the version stand
/// @param wave the version's part in a yank wave
/// @param testimony what others say of it
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
