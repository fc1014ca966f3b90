package lazaret.vetting.policy;

import lazaret.vetting.index.HeldLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import org.jspecify.annotations.Nullable;

/// Everything the rules look at when they judge one version.
///
/// @param line the version as the gate holds it
/// @param findings what inspection saw in its bytes; null where they were not inspected
/// @param standing the latest decision on the version; null where there is none
/// @param wave the version's part in a yank wave
public record Dossier(
    HeldLine line, @Nullable Findings findings, @Nullable Decision standing, YankWave.Part wave) {}
