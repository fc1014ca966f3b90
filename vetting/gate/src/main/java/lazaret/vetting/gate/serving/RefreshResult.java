package lazaret.vetting.gate.serving;

import lazaret.vetting.TimeSpan;

/// The result of a request to upstream for an index file.
sealed interface RefreshResult {
  /// A stored file, new or confirmed.
  record Done() implements RefreshResult {}

  /// A crate that upstream does not have.
  record Absent() implements RefreshResult {}

  /// A request that failed.
  record Failed(Failure failure) implements RefreshResult {}

  /// A failure, with the time until upstream is asked again.
  record Failure(TimeSpan pause, String why) {}
}
