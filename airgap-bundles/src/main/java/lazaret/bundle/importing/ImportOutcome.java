package lazaret.bundle.importing;

import java.util.Optional;
import lazaret.vetting.desk.FeedReport;
import lazaret.vetting.snapshot.SnapshotInfo;

/// What came of an import that was not refused.
public sealed interface ImportOutcome {
  /// The bundle is in force.
  ///
  /// @param snapshot what is served now; of a revocation what it was, under which nothing is noted
  /// @param plan what it changed
  /// @param consequences who has what is no longer served
  /// @param mark what the next import is held against: print it
  /// @param then what came of a bundle that had waited for this one
  record Imported(
      SnapshotInfo snapshot,
      Plan plan,
      FeedReport.Rejudged consequences,
      HighWater mark,
      Optional<Imported> then)
      implements ImportOutcome {}

  /// The bundle was imported before, or brings the state that is held: nothing was done.
  ///
  /// @param snapshot what is held, with the moment at which it was taken
  record AlreadyImported(SnapshotInfo snapshot) implements ImportOutcome {}

  /// The bundle came before the one that it builds on. It is checked and kept, and is imported
  /// after that one.
  ///
  /// @param sequence of the bundle
  /// @param needed the least sequence that has to come first
  /// @param ask what to ask for, as a sentence
  record Waiting(long sequence, long needed, String ask) implements ImportOutcome {}

  /// A dry run: what an import would do.
  ///
  /// @param plan what it would change
  record Planned(Plan plan) implements ImportOutcome {}
}
