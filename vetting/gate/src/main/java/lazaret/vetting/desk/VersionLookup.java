package lazaret.vetting.desk;

import lazaret.vetting.index.StoredLine;

/// The result of looking up one version.
sealed interface VersionLookup {
  /// The version is in the index.
  ///
  /// @param file everything that is stored of its crate
  /// @param line its index line
  record Found(CaseFile file, StoredLine line) implements VersionLookup {}

  /// The version is not in the index, or upstream could not be asked for it.
  ///
  /// @param outcome the reason, as a client receives it
  record NotFound(DownloadOutcome outcome) implements VersionLookup {}
}
