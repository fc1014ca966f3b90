package lazaret.vetting.desk;

import java.time.Duration;
import lazaret.vetting.index.Freshness;
import lazaret.vetting.index.IndexView;

/// What the gate answers to a question for an index file.
public sealed interface IndexOutcome {
  /// The view that cargo gets.
  ///
  /// @param view policy applied, compressed, tagged
  /// @param freshness when upstream last confirmed what the view was made from
  /// @param stale true where upstream could not confirm it in time and what is held is served
  record Served(IndexView view, Freshness freshness, boolean stale) implements IndexOutcome {}

  /// There is no such crate; the only case for a 404 (cargo-wire §2.6).
  ///
  /// @param detail one clause for a person
  record Absent(String detail) implements IndexOutcome {}

  /// Nothing is held and upstream could not be asked: 503, never 404, since a 404 makes cargo drop
  /// its cache and look for other versions.
  ///
  /// @param detail one clause for a person
  /// @param retryAfter when to ask again
  record Unavailable(String detail, Duration retryAfter) implements IndexOutcome {}
}
