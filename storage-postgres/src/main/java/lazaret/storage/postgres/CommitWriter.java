package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.storage.postgres.connection.TransactionOutcome;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.BatchAnnouncement;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Lease;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.gate.store.StoreException;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.Event;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// The conversion of batches into transactions. Rows are locked in one order: leases, crates,
/// scopes, other rows, artifacts, and the one row `cluster` last. An announced batch takes the next
/// decision counter and the next entries of the ledger with it. Nodes therefore wait for each other
/// from there to the end of the commit alone. Thread-safe.
final class CommitWriter {
  private static final int ATTEMPTS = 3;

  private static final String END_LEASE =
      "DELETE FROM lazaret.lease WHERE key = ? AND holder = ? AND epoch = ?";

  private static final String HAVE_LEASE =
      "SELECT epoch FROM lazaret.lease WHERE key = ? AND holder = ? AND epoch = ? FOR SHARE";

  private static final String FIRST_OF_SCOPE =
      """
      INSERT INTO lazaret.revision (scope, number) VALUES (?, 1) ON CONFLICT (scope) DO NOTHING
      """;

  /// After a loss, sequences may give numbers again that nodes and objects have.
  private static final String SKIP_NUMBERS =
      """
      SELECT setval('lazaret.object_generation',
          nextval('lazaret.object_generation') + 1000000000),
        setval('lazaret.lease_epoch', nextval('lazaret.lease_epoch') + 1000000000)
      """;

  private static final String NEXT_OF_SCOPE =
      "UPDATE lazaret.revision SET number = number + 1 WHERE scope = ? AND number = ?";

  private final Parts parts;
  private final ClusterRow cluster;
  private final AtomicLong revisions = new AtomicLong();
  private volatile @Nullable ErrorCode refusal;

  /// The parts that commits use.
  ///
  /// @param program the generation of this program
  record Parts(
      PostgresConnections connections,
      ArtifactObjects objects,
      PostgresNode node,
      KeptCounts counts,
      int program) {}

  /// A batch in the form of a transaction.
  private record Order(
      Batch batch, BatchAnnouncement announcement, RowWrites rows, ArtifactUploads uploads) {}

  /// The result of a transaction.
  ///
  /// @param position its place in the order; null if the batch is not announced
  private record Written(List<LedgerEntry> entries, @Nullable CommitPosition position) {}

  /// The end of an uncommitted transaction whose uploads were swept.
  private static final class SweptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SweptException() {
      super("uploads were swept", null, false, false);
    }
  }

  CommitWriter(Parts parts) {
    this.parts = parts;
    cluster = new ClusterRow(parts.node().id(), parts.program());
  }

  /// Returns a revision that no crate ever had: numbers of nodes are never used again.
  long nextRevision() {
    return ((long) parts.node().id() << Integer.SIZE) + revisions.incrementAndGet();
  }

  /// Returns the reason why the last announced batch was refused; empty if it was written.
  Optional<ErrorCode> refusal() {
    return Optional.ofNullable(refusal);
  }

  /// Writes a batch whose conditions hold.
  List<LedgerEntry> commit(Batch batch) {
    if (batch.writes().isEmpty() && batch.conditions().isEmpty()) {
      return List.of();
    }
    if (parts.node().condition().withholds()) {
      throw new StoreException(ErrorCode.STORE_LOSS, parts.node().condition().refusal(), null);
    }
    parts.node().requireAnswer();
    if (decides(batch)) {
      parts.node().requireRecord();
    }
    BatchAnnouncement announcement = BatchAnnouncement.of(batch);
    RowWrites rows = RowWrites.of(batch, announcement);
    try {
      List<LedgerEntry> entries = commit(batch, announcement, rows);
      if (announcement.announced()) {
        refusal = null;
      }
      return entries;
    } catch (StoreException e) {
      if (announcement.announced() && e.refusesWrites()) {
        refusal = e.code();
      }
      throw e;
    }
  }

  /// Returns whether a batch has a decision on a version, or a publication of a private one, which
  /// is a decision as well.
  private static boolean decides(Batch batch) {
    return batch.writes().stream()
        .anyMatch(
            write ->
                write instanceof Batch.Write.Append(Decision _)
                    || (write instanceof Batch.Write.PutDeskRow(DeskRow row)
                        && row.table() == DeskTable.PUBLICATIONS));
  }

  private List<LedgerEntry> commit(Batch batch, BatchAnnouncement announcement, RowWrites rows) {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      ArtifactUploads uploads =
          rows.artifacts().isEmpty()
              ? ArtifactUploads.none()
              : rows.artifacts().upload(parts.connections(), parts.objects());
      try {
        return commit(new Order(batch, announcement, rows, uploads));
      } catch (SweptException _) {
        // The uploads took longer than the sweep waits, or another node dropped an artifact.
      }
    }
    throw ArtifactUploads.lost();
  }

  private List<LedgerEntry> commit(Order order) {
    UUID id = UUID.randomUUID();
    TransactionOutcome<Written> outcome =
        parts
            .connections()
            .write(
                order.announcement().synced() ? Batch.Durability.SYNCED : Batch.Durability.RELAXED,
                connection -> write(connection, order, id));
    Written written = settled(outcome);
    if (order.rows().isCounted()) {
      parts.counts().change();
    }
    CommitPosition position = written.position();
    if (position != null && order.batch().durability() == Batch.Durability.SYNCED) {
      parts.node().acknowledge(position);
    }
    return written.entries();
  }

  private Written write(PostgresConnection connection, Order order, UUID id) throws SQLException {
    requireLeases(connection, order.batch());
    order.rows().writeCrates(connection, this::nextRevision);
    advanceScopes(connection, order.batch());
    order.rows().writeTables(connection);
    if (!order.uploads().write(connection)) {
      throw new SweptException();
    }
    if (!order.announcement().announced()) {
      return new Written(List.of(), null);
    }
    ClusterRow.Appended appended =
        cluster.append(
            connection,
            new ClusterRow.Addition(
                order.rows().events(), order.announcement().changes(), order.rows().isFlip()),
            head -> next(head, id));
    // Before the commit: a beat can see it before this node has the answer.
    parts.node().doubt(appended.position().counter());
    return new Written(appended.entries(), appended.position());
  }

  /// Returns the place after the newest commit. The database may have been set back since the last
  /// beat. The next one compares it with the heads outside.
  private CommitPosition next(ClusterRow.Head head, UUID id) {
    long acknowledged = parts.node().acknowledged(head.losses());
    if (head.counter() < acknowledged) {
      throw unavailable(
          "expected decision counter %d or later, found %d; look at '/health', and try again"
              .formatted(acknowledged, head.counter()),
          null);
    }
    return head.next(id);
  }

  /// Refuses a batch whose leases were lost.
  static void requireLeases(PostgresConnection connection, Batch batch) throws SQLException {
    List<BatchCondition.LeaseHeld> leases =
        batch.leases().stream().sorted(Comparator.comparing(held -> held.lease().key())).toList();
    for (BatchCondition.LeaseHeld held : leases) {
      Lease lease = held.lease();
      Object[] key = {lease.key(), lease.holder(), lease.epoch()};
      boolean there =
          held.ends()
              ? connection.update(END_LEASE, key) > 0
              : connection.find(HAVE_LEASE, row -> row.getLong(1), key).isPresent();
      if (!there) {
        throw held.refusal();
      }
    }
  }

  /// Counts the scopes of a batch up, or refuses it if another node did.
  static void advanceScopes(PostgresConnection connection, Batch batch) throws SQLException {
    for (BatchCondition condition : batch.conditions()) {
      if (condition instanceof BatchCondition.ScopeAt(var scope, var number)) {
        int advanced =
            number == 0
                ? connection.update(FIRST_OF_SCOPE, scope.name())
                : connection.update(NEXT_OF_SCOPE, scope.name(), number);
        if (advanced == 0) {
          throw condition.refusal();
        }
      }
    }
  }

  /// Returns what a transaction wrote, once it is known that it is committed.
  ///
  /// @throws StoreException with code `store-unavailable` if it is not committed, or that is not
  ///   known
  private Written settled(TransactionOutcome<Written> outcome) {
    return switch (outcome) {
      case TransactionOutcome.Committed<Written>(var written) -> {
        CommitPosition position = written.position();
        if (position != null) {
          parts.node().settled(position.counter());
        }
        yield written;
      }
      case TransactionOutcome.Unknown<Written>(var written, var why) -> {
        CommitPosition position = written.position();
        if (position == null) {
          throw unknown(why, null);
        }
        settle(position, why);
        yield written;
      }
    };
  }

  /// Finds out whether a transaction was committed whose commit had no answer, or no wait for the
  /// standby. The lock on the row `cluster` waits for the end of that transaction. It is a write
  /// itself: its own commit waits for the standby, and proves that earlier ones are there.
  private void settle(CommitPosition position, String why) {
    TransactionOutcome<Boolean> found;
    try {
      found =
          parts
              .connections()
              .write(Batch.Durability.SYNCED, connection -> cluster.isLogged(connection, position));
    } catch (StoreException e) {
      throw unknown(why, e);
    }
    switch (found) {
      case TransactionOutcome.Unknown<Boolean> _ -> throw unknown(why, null);
      case TransactionOutcome.Committed<Boolean>(var logged) -> {
        if (!logged) {
          throw unavailable(why + "; nothing was written, try again", null);
        }
      }
    }
  }

  private static StoreException unknown(String why, @Nullable StoreException cause) {
    return unavailable(
        why + "; it is not known whether the write was made, look with 'vetting-cli log'", cause);
  }

  private static StoreException unavailable(String why, @Nullable StoreException cause) {
    return new StoreException(
        ErrorCode.STORE_UNAVAILABLE, "cannot write to the store in PostgreSQL: " + why, cause);
  }

  /// Appends the acceptance of a loss and continues from there. Each node reads everything again.
  LedgerEntry acceptLoss(Event event) {
    UUID id = UUID.randomUUID();
    Written written =
        settled(
            parts
                .connections()
                .write(
                    Batch.Durability.SYNCED,
                    connection -> {
                      List<Long> _ = connection.list(SKIP_NUMBERS, row -> row.getLong(1));
                      ClusterRow.Appended appended =
                          cluster.append(
                              connection,
                              new ClusterRow.Addition(
                                  List.of(event), List.of(StoreChange.EVERYTHING), false),
                              head -> afterLoss(head, id));
                      return new Written(appended.entries(), appended.position());
                    }));
    CommitPosition position = written.position();
    if (position != null) {
      parts.node().accept(position);
    }
    return written.entries().getFirst();
  }

  /// Returns the place after all commits that were acknowledged, those that are missing included.
  private CommitPosition afterLoss(ClusterRow.Head head, UUID id) {
    long counter = Math.max(head.counter(), parts.node().acknowledged(0)) + 1;
    return new CommitPosition(counter, id, head.sequence(), head.hash(), head.losses() + 1);
  }
}
