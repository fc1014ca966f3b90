package lazaret.bundle.importing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.ExternalDigestSort;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.snapshots.SnapshotAdapter;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.snapshot.VerificationStatement;

/// The denials of a bundle for versions that were served, as decisions in the ledger of this store.
/// In the ledger they also apply to older snapshots.
final class DenialImport {
  /// The largest number of denials in one batch.
  private static final int BATCH = 1_000;

  private final BundleStatement statement;
  private final Instant now;

  DenialImport(BundleStatement statement, Instant now) {
    this.statement = statement;
    this.now = now;
  }

  /// Returns the write for one denial.
  Batch.Write of(VerificationStatement.Claim said) {
    return new Batch.Write.Append(
        SnapshotAdapter.denial(
            said,
            new SnapshotAdapter.Bundle(
                statement.stream().name(), statement.epoch(), statement.sequence()),
            now));
  }

  /// A consumer of early batches.
  @FunctionalInterface
  interface Sink {
    /// Commits a batch of writes.
    void take(List<Batch.Write> writes);
  }

  /// Returns the writes for the denials of a snapshot whose rows are written. If there are more
  /// than [#BATCH], all but the last batch are committed through the sink first; a denial may take
  /// effect before the import is complete.
  List<Batch.Write> of(Store store, ExternalDigestSort denied, Sink early) throws IOException {
    List<Batch.Write> writes = new ArrayList<>();
    denied.forEach(
        id -> {
          if (writes.size() == BATCH) {
            early.take(List.copyOf(writes));
            writes.clear();
          }
          writes.add(of(said(store, id)));
        });
    return writes;
  }

  private VerificationStatement.Claim said(Store store, CrateId id) {
    return store
        .snapshots()
        .crate(id.name(), statement.sequence())
        .flatMap(crate -> crate.line(id.version()))
        .map(line -> line.statement().claim())
        .orElseThrow(
            () -> new IllegalStateException("the row of " + id + " was written, and is gone"));
  }
}
