package lazaret.results;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.serving.Admission;
import lazaret.vetting.gate.serving.ArtifactCache;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;

/// The inspection of archives whose results were revoked after they were used. Blocks.
final class ResultReinspection {
  private static final System.Logger LOG = System.getLogger(ResultReinspection.class.getName());

  /// The pause after each archive, so that requests find a core.
  private static final Duration CALM = Duration.ofMillis(5);

  private final Store store;
  private final Admission admission;
  private final ArtifactCache heap;
  private final ResultRows rows;
  private final ResultTrust trust;
  private final BiConsumer<ResultRows.Used, String> refused;

  /// Creates the inspection.
  ///
  /// @param refused receives each source that kept a hostile archive from being refused, with a
  ///   clause for people
  ResultReinspection(
      ResultGate gate,
      ResultRows rows,
      ResultTrust trust,
      BiConsumer<ResultRows.Used, String> refused) {
    this.store = gate.parts().store();
    this.admission = gate.admission();
    this.heap = gate.heap();
    this.rows = rows;
    this.trust = trust;
    this.refused = refused;
  }

  /// Inspects the archives whose findings came by a revoked key, or are revoked. A crash in between
  /// loses nothing: a row is dropped after its archive was inspected.
  void run() throws InterruptedException {
    List<ResultRows.Used> again = new ArrayList<>();
    Predicate<ResultRows.Used> revoked = trust.revoked();
    rows.eachUsed(
        used -> {
          if (revoked.test(used)) {
            again.add(used);
          }
        });
    for (ResultRows.Used used : again) {
      try {
        Optional<Bytes> stored = stored(used);
        if (stored.isPresent()) {
          inspect(used, stored.get());
          Thread.sleep(CALM);
        }
      } catch (LazaretException e) {
        throw e;
      } catch (RuntimeException e) {
        // One archive, which is foreign data, must not prevent the others.
        LOG.log(System.Logger.Level.ERROR, "cannot inspect " + used.id() + " again", e);
      }
    }
  }

  /// Forgets the archives whose findings came by a revoked key or are revoked, and that only the
  /// heap of this node has. They would be served by these findings until they leave the heap. The
  /// next request fetches and inspects them.
  void forget() {
    Predicate<ResultRows.Used> revoked = trust.revoked();
    rows.eachUsed(
        used -> {
          Sha256 archive = used.id().cksum();
          if (revoked.test(used) && !store.hasArtifact(archive)) {
            heap.forget(archive);
          }
        });
  }

  /// Returns the bytes of an archive, or empty if they are not stored or damaged. They are
  /// inspected when they are fetched. Until then its row stays: the findings are still those of the
  /// source.
  private Optional<Bytes> stored(ResultRows.Used used) {
    try {
      return store.artifact(used.id().cksum());
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_CORRUPT) {
        throw e;
      }
      LOG.log(System.Logger.Level.WARNING, "cannot inspect {0} again: damaged", used.id());
      return Optional.empty();
    }
  }

  private void inspect(ResultRows.Used used, Bytes stored) {
    Sha256 archive = used.id().cksum();
    Admission.Outcome outcome = admission.inspectStored(used.id(), stored);
    if (outcome instanceof Admission.Outcome.Hostile) {
      refused.accept(used, "its archive is hostile");
    }
    boolean inspected = !(outcome instanceof Admission.Outcome.NotFetched);
    // The result of another key may have been used meanwhile: its row stays.
    if (inspected && rows.used(archive).filter(used::equals).isPresent()) {
      var _ = store.commit(Batch.relaxed(List.of(rows.dropUsed(archive))));
    }
  }
}
