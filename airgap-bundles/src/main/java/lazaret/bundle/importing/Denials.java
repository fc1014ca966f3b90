package lazaret.bundle.importing;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.DigestSort;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Batch;
import lazaret.vetting.desk.Carried;
import lazaret.vetting.desk.Store;
import lazaret.vetting.snapshot.Statement;

/// What a bundle denies that was served, as decisions in the ledger of this store: so they hold for
/// older snapshots, too.
final class Denials {
  /// How many become visible in one write.
  private static final int BATCH = 1_000;

  private final BundleStatement statement;
  private final Instant now;

  Denials(BundleStatement statement, Instant now) {
    this.statement = statement;
    this.now = now;
  }

  /// Returns the write for one denial.
  Batch.Write of(Statement.Said said) {
    return new Batch.Write.Append(
        Carried.denial(
            said,
            new Carried.Bundle(statement.stream().name(), statement.epoch(), statement.sequence()),
            now));
  }

  /// Takes some writes.
  @FunctionalInterface
  interface Sink {
    /// Takes them.
    void take(List<Batch.Write> writes);
  }

  /// Returns the writes for the denials of a snapshot whose rows are written; where they are very
  /// many, the first of them go into the sink before: a denial that counts a moment early does no
  /// harm.
  List<Batch.Write> of(Store store, DigestSort denied, Sink early) throws IOException {
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

  private Statement.Said said(Store store, CrateId id) {
    return store
        .snapshots()
        .crate(id.name(), statement.sequence())
        .flatMap(crate -> crate.line(id.version()))
        .map(line -> line.statement().said())
        .orElseThrow(
            () -> new IllegalStateException("the row of " + id + " was written, and is gone"));
  }
}
