package lazaret.vetting.gate.evaluation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.context.BoundedCache;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.search.CrateSearch;
import lazaret.vetting.search.CrateSummary;

/// The summaries of stored crates: in the store, or in heap for the crates of a snapshot.
/// Thread-safe.
public final class CrateSummaries implements CrateSearch.Crates {
  private static final System.Logger LOG = System.getLogger(CrateSummaries.class.getName());

  private final Store store;
  private final Clock clock;
  private final CrateStates files;
  private final BoundedCache<String, CrateSummary> ofSnapshot = new BoundedCache<>(20_000, _ -> 1);

  public CrateSummaries(Store store, Clock clock, CrateStates files) {
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
    Instant now = clock.instant();
    return summary.holdsAt(now, files.generation(summary.name(), now));
  }

  /// Builds and stores the summary of a crate. A later change of the crate stores a newer one.
  @Override
  public Optional<CrateSummary> summarize(CrateName name) {
    return files.exclusively(name, () -> files.current(name).map(this::made));
  }

  private CrateSummary made(CrateState file) {
    CrateSummary made = IndexViewBuilder.make(file, files.rulebook(), clock.instant()).summary();
    if (files.head() != 0) {
      ofSnapshot.put(key(made.name()), made);
      return made;
    }
    try {
      // A summary of an older state must not replace the one of a newer state.
      store.commit(
          Batch.relaxed(List.of(new Write.PutSummary(made)))
              .with(new BatchCondition.CrateAt(made.name(), file.revision(), file.revision())));
    } catch (StoreException e) {
      if (e.code() == ErrorCode.STORE_CONFLICT) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "a summary is not kept: {0}", e.getMessage());
    }
    return made;
  }

  /// Returns a key that differs for each snapshot, since summaries of one do not apply to another.
  private String key(CrateName name) {
    return files.head() + " " + name.collisionKey();
  }
}
