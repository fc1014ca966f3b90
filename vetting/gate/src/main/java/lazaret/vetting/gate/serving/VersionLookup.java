package lazaret.vetting.gate.serving;

import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.index.StoredLine;

/// The result of looking up one version.
public sealed interface VersionLookup {
  /// The version is in the index.
  ///
  /// @param file everything that is stored of its crate
  /// @param line its index line
  record Found(CrateState file, StoredLine line) implements VersionLookup {}

  /// The version is not in the index, or upstream could not be asked for it.
  ///
  /// @param outcome the reason, as a client receives it
  record NotFound(DownloadOutcome outcome) implements VersionLookup {}
}
