package lazaret.vetting.gate.serving;

import java.time.Duration;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;

/// The outcome of a request for an index file.
public sealed interface IndexOutcome {
  /// The view for cargo.
  ///
  /// @param view the index file with the policy applied, compressed and tagged
  /// @param freshness the last confirmation of the index file by upstream
  /// @param stale whether the stored file is served because upstream could not confirm it in time
  record Served(IndexView view, Freshness freshness, boolean stale) implements IndexOutcome {}

  /// A crate that does not exist; the only case for a 404 (docs/registry-protocol.md §2.6).
  ///
  /// @param detail one clause for a person
  record Absent(String detail) implements IndexOutcome {}

  /// A crate that is not stored while upstream is unavailable: 503, never 404. A 404 makes cargo
  /// drop its cache and look for other versions.
  ///
  /// @param detail one clause for a person
  /// @param retryAfter the pause before the next request
  record Unavailable(String detail, Duration retryAfter) implements IndexOutcome {}
}
