package lazaret.storage.postgres.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import lazaret.storage.objects.ObjectHead;
import lazaret.storage.postgres.connection.PostgresConnections;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreFault;
import lazaret.vetting.gate.store.StoreFault.Range;
import org.jspecify.annotations.Nullable;

/// The comparison of a database with the heads that are kept outside of it. A database that was set
/// back, or that lost a part of its log in a promotion, does not have what a head names.
final class HeadCheck {
  private static final String FOUND =
      """
      SELECT c.counter, c.ledger_sequence, c.losses,
        (SELECT l.batch FROM lazaret.commit_log l WHERE l.counter = ?),
        (SELECT g.hash FROM lazaret.ledger g WHERE g.sequence = ?),
        (SELECT l.at FROM lazaret.commit_log l WHERE l.counter = c.counter)
      FROM (SELECT * FROM lazaret.cluster LIMIT 1) c
      """;

  private static final Range NONE = new Range(1, 0);

  private HeadCheck() {}

  /// The row of the database at the place of a head.
  ///
  /// @param batch the identity of the commit with the counter of the head; null if there is none,
  ///   or it is too old to be kept
  /// @param hash the hash of the ledger entry with the sequence of the head; null if there is none
  /// @param last the time of the last commit; the epoch if it is not known
  private record Found(
      long counter,
      long sequence,
      int losses,
      @Nullable UUID batch,
      @Nullable Sha256 hash,
      Instant last) {}

  /// Compares each head. Heads from before a loss that a person accepted are ignored.
  ///
  /// @return the faults; empty if the database has all that the heads name
  static List<StoreFault> run(PostgresConnections connections, Collection<ObjectHead> heads) {
    List<StoreFault> faults = new ArrayList<>();
    for (ObjectHead head : heads) {
      Found found =
          connections.read(
              connection ->
                  connection
                      .list(FOUND, HeadCheck::found, head.counter(), head.sequence())
                      .getFirst());
      StoreFault fault = head.losses() < found.losses() ? null : compare(head, found);
      if (fault != null) {
        faults.add(fault);
      }
    }
    return List.copyOf(faults);
  }

  private static Found found(ResultSet row) throws SQLException {
    OffsetDateTime last = row.getObject(6, OffsetDateTime.class);
    byte[] hash = row.getBytes(5);
    return new Found(
        row.getLong(1),
        row.getLong(2),
        row.getInt(3),
        row.getObject(4, UUID.class),
        hash == null ? null : Sha256.fromDigest(hash),
        last == null ? Instant.EPOCH : last.toInstant());
  }

  private static @Nullable StoreFault compare(ObjectHead head, Found found) {
    Range entries =
        head.sequence() > found.sequence()
            ? new Range(found.sequence() + 1, head.sequence())
            : NONE;
    if (head.counter() > found.counter()) {
      return new StoreFault.WritesMissing(
          new Range(found.counter() + 1, head.counter()), entries, found.last(), head.at());
    }
    Sha256 hash = found.hash();
    if (head.sequence() > 0 && hash == null) {
      return new StoreFault.WritesMissing(NONE, entries, found.last(), head.at());
    }
    if (hash != null && !hash.equals(head.hash())) {
      return new StoreFault.LedgerAltered(head.sequence(), head.at());
    }
    UUID batch = found.batch();
    return batch != null && !batch.equals(head.batch())
        ? new StoreFault.WritesMissing(
            new Range(head.counter(), head.counter()), NONE, Instant.EPOCH, head.at())
        : null;
  }
}
