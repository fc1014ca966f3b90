package lazaret.vetting.desk;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.desk.Batch.Write;
import lazaret.vetting.search.CrateSearch;
import lazaret.vetting.search.CrateSummary;

/// The summaries of stored crates: in the store, or in heap for the crates of a snapshot.
/// Thread-safe.
final class Summaries implements CrateSearch.Crates {
  private static final System.Logger LOG = System.getLogger(Summaries.class.getName());

  private final Store store;
  private final Clock clock;
  private final CaseFiles files;
  private final BoundedMemory<String, CrateSummary> ofSnapshot =
      new BoundedMemory<>(20_000, _ -> 1);

  Summaries(Store store, Clock clock, CaseFiles files) {
    this.store = store;
    this.clock = clock;
    this.files = files;
  }

  @Override
  public Optional<CrateSummary> summary(CrateName name) {
    return store.summary(name).or(() -> Optional.ofNullable(ofSnapshot.get(key(name))));
  }

  @Override
  public boolean holds(CrateSummary summary) {
    return summary.holdsAt(
        clock.instant(), files.rulebook().generation(summary.name(), clock.instant()));
  }

  /// Builds and stores the summary of a crate. A later change of the crate stores a newer one.
  @Override
  public Optional<CrateSummary> summarize(CrateName name) {
    return store.exclusively(name, () -> files.lately(name).map(this::made));
  }

  private CrateSummary made(CaseFile file) {
    CrateSummary made = ViewMaker.make(file, files.rulebook(), clock.instant()).summary();
    if (files.head() != 0) {
      ofSnapshot.put(key(made.name()), made);
      return made;
    }
    try {
      store.commit(Batch.relaxed(List.of(new Write.PutSummary(made))));
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "a summary is not kept: {0}", e.getMessage());
    }
    return made;
  }

  /// Returns a key that differs for each snapshot, since summaries of one do not apply to another.
  private String key(CrateName name) {
    return files.head() + " " + name.collisionKey();
  }
}
