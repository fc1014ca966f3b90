package lazaret.storage.postgres;

import java.util.List;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.gate.store.WriterLocks;
import lazaret.vetting.ledger.LedgerEntry;

/// A bulk import of artifacts. They are uploaded in groups; one transaction makes all of them
/// stored, under the leases of the calling thread. Uploads that are not settled are swept later.
/// Not thread-safe.
final class PostgresBulk implements Store.BulkWriter {
  /// The number and the bytes of the artifacts that are in heap at a time.
  private static final int MOST_WAITING = 100;

  private static final long MOST_BYTES = 16 << 20;

  private final PostgresConnections connections;
  private final ArtifactObjects objects;
  private final KeptCounts counts;
  private final WriterLocks locks;
  private ArtifactWrites waiting = new ArtifactWrites();
  private int number;
  private long bytes;
  private ArtifactUploads uploaded = ArtifactUploads.none();

  PostgresBulk(
      PostgresConnections connections,
      ArtifactObjects objects,
      KeptCounts counts,
      WriterLocks locks) {
    this.connections = connections;
    this.objects = objects;
    this.counts = counts;
    this.locks = locks;
  }

  @Override
  public void put(VerifiedCrate crate) {
    waiting.put(crate);
    number++;
    bytes += crate.bytes().length();
    if (number >= MOST_WAITING || bytes >= MOST_BYTES) {
      upload();
    }
  }

  private void upload() {
    uploaded = uploaded.and(waiting.upload(connections, objects));
    waiting = new ArtifactWrites();
    number = 0;
    bytes = 0;
  }

  @Override
  public void settle() {
    upload();
    if (uploaded.isEmpty()) {
      return;
    }
    ArtifactUploads all = uploaded;
    uploaded = ArtifactUploads.none();
    List<LedgerEntry> _ = locks.commitShared(Batch.synced(List.of()), batch -> written(batch, all));
  }

  /// Writes the rows of uploads.
  ///
  /// @param batch the conditions
  private List<LedgerEntry> written(Batch batch, ArtifactUploads all) {
    TransactionOutcome<Boolean> outcome =
        connections.write(
            Batch.Durability.SYNCED,
            connection -> {
              CommitWriter.requireLeases(connection, batch);
              CommitWriter.advanceScopes(connection, batch);
              if (!all.write(connection)) {
                throw ArtifactUploads.lost();
              }
              return true;
            });
    counts.change();
    if (outcome instanceof TransactionOutcome.Unknown<Boolean>(_, var why)) {
      throw new StoreException(
          ErrorCode.STORE_UNAVAILABLE,
          "cannot write to the store in PostgreSQL: " + why + "; begin the import again",
          null);
    }
    return List.of();
  }

  @Override
  public void close() {
    waiting = new ArtifactWrites();
    uploaded = ArtifactUploads.none();
    number = 0;
    bytes = 0;
  }
}
