package lazaret.storage.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import lazaret.storage.postgres.connection.PostgresConnection;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.BatchAnnouncement;
import lazaret.vetting.gate.store.BatchCondition;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.StoreChange;
import lazaret.vetting.ledger.Event;

/// The rows that a batch writes, encoded and sorted before a connection is lent. Each row is
/// written once; of several writes to one key the last one counts.
final class RowWrites {
  private final CrateWrites crates = new CrateWrites();
  private final ArtifactWrites artifacts = new ArtifactWrites();
  private final AccessWrites accesses = new AccessWrites();
  private final UseWrites uses = new UseWrites();
  private final Map<RowTable, TableWrites> tables = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private boolean counted;
  private boolean flip;

  private RowWrites() {}

  static RowWrites of(Batch batch, BatchAnnouncement announcement) {
    var rows = new RowWrites();
    batch.writes().forEach(rows::add);
    for (StoreChange change : announcement.changes()) {
      if (change.kind() == StoreChange.Kind.CRATE) {
        rows.crates.change(change.key());
      }
    }
    for (BatchCondition condition : batch.conditions()) {
      if (condition instanceof BatchCondition.CrateAt at) {
        rows.crates.require(at);
      }
    }
    return rows;
  }

  /// Returns the events to append, in the order of the batch.
  List<Event> events() {
    return List.copyOf(events);
  }

  ArtifactWrites artifacts() {
    return artifacts;
  }

  /// Returns whether the batch may change the number of crates, artifacts or requests.
  boolean isCounted() {
    return counted;
  }

  /// Returns whether the batch names the snapshot that is served.
  boolean isFlip() {
    return flip;
  }

  /// Writes the rows of crates, which come first.
  void writeCrates(PostgresConnection connection, LongSupplier revisions) throws SQLException {
    crates.write(connection, revisions);
  }

  /// Writes the rows of all tables with records, those of the download log, and the uses.
  void writeTables(PostgresConnection connection) throws SQLException {
    for (RowTable table : RowTable.WITH_RECORDS) {
      TableWrites writes = tables.get(table);
      if (writes != null) {
        writes.write(connection);
      }
    }
    accesses.write(connection);
    uses.write(connection);
  }

  private void add(Batch.Write write) {
    switch (write) {
      case Batch.Write.PutCrate(var crate) ->
          crates.put(crate.name().collisionKey(), "record", StoredCrateCodec.encode(crate));
      case Batch.Write.PutFreshness(var name, var freshness) -> {
        counted = true;
        crates.put(name.collisionKey(), "freshness", FreshnessCodec.encode(freshness));
      }
      case Batch.Write.PutView(var name, var view) ->
          crates.put(name.collisionKey(), "view", ViewCodec.encode(view));
      case Batch.Write.PutSummary(var summary) ->
          crates.put(summary.name().collisionKey(), "summary", SummaryCodec.encode(summary));
      case Batch.Write.PutArtifact(var crate) -> {
        counted = true;
        artifacts.put(crate);
      }
      case Batch.Write.DropArtifact(var cksum) -> {
        counted = true;
        artifacts.drop(cksum);
      }
      case Batch.Write.Append(var event) -> events.add(event);
      case Batch.Write.AddDownload(var access) -> accesses.add(access);
      case Batch.Write.DropAccess(var access) -> accesses.drop(access);
      case Batch.Write.OfRetention of -> addRetention(of);
      case Batch.Write.OfSnapshots of -> addSnapshot(of);
      case Batch.Write.PutFindings _,
          Batch.Write.PutRequest _,
          Batch.Write.DropRequest _,
          Batch.Write.PutToken _,
          Batch.Write.DropToken _,
          Batch.Write.PutFeed _,
          Batch.Write.DropFeed _,
          Batch.Write.PutVerdict _,
          Batch.Write.DropVerdict _,
          Batch.Write.PutLockfile _,
          Batch.Write.DropLockfile _,
          Batch.Write.OfDesk _,
          Batch.Write.PutMeta _ ->
          addRecord(write);
    }
  }

  private void addRecord(Batch.Write write) {
    switch (write) {
      case Batch.Write.PutFindings(var findings) ->
          put(RowTable.FINDINGS, RowKey.of(findings.sha256()), FindingsCodec.encode(findings));
      case Batch.Write.PutRequest(var request) -> {
        counted = true;
        RowKey key = RowKey.version(request.id().name(), request.id().version());
        put(RowTable.REQUESTS, key, RequestCodec.encode(request));
      }
      case Batch.Write.DropRequest(var name, var version) -> {
        counted = true;
        drop(RowTable.REQUESTS, RowKey.version(name, version));
      }
      case Batch.Write.PutToken(var token) ->
          put(RowTable.TOKENS, RowKey.of(token.secretHash()), TokenCodec.encode(token));
      case Batch.Write.DropToken(var hash) -> drop(RowTable.TOKENS, RowKey.of(hash));
      case Batch.Write.PutFeed(var stored) ->
          put(RowTable.FEEDS, RowKey.of(stored.feed().info().name()), FeedCodec.encode(stored));
      case Batch.Write.DropFeed(var name) -> drop(RowTable.FEEDS, RowKey.of(name));
      case Batch.Write.PutVerdict(var verdict) ->
          put(
              RowTable.VERDICTS,
              RowKey.verdict(verdict.id(), verdict.at()),
              VerdictCodec.encode(verdict));
      case Batch.Write.DropVerdict(var id, var at) ->
          drop(RowTable.VERDICTS, RowKey.verdict(id, at));
      case Batch.Write.PutLockfile(var lockfile) ->
          put(RowTable.LOCKFILES, RowKey.of(lockfile.digest()), LockfileCodec.encode(lockfile));
      case Batch.Write.DropLockfile(var digest) -> drop(RowTable.LOCKFILES, RowKey.of(digest));
      case Batch.Write.PutDeskRow(var row) ->
          put(
              RowTable.DESK_ROWS,
              RowKey.desk(row.table(), row.key()),
              MetaCodec.encode(row.value()));
      case Batch.Write.DropDeskRow(var table, var key) ->
          drop(RowTable.DESK_ROWS, RowKey.desk(table, key));
      case Batch.Write.PutMeta(var name, var value) -> {
        flip |= name.equals(MetaKey.SNAPSHOT_HEAD.code());
        put(RowTable.META, RowKey.of(name), MetaCodec.encode(value));
      }
      case Batch.Write.PutCrate _,
          Batch.Write.PutFreshness _,
          Batch.Write.PutView _,
          Batch.Write.PutSummary _,
          Batch.Write.PutArtifact _,
          Batch.Write.DropArtifact _,
          Batch.Write.Append _,
          Batch.Write.AddDownload _,
          Batch.Write.DropAccess _,
          Batch.Write.OfRetention _,
          Batch.Write.OfSnapshots _ ->
          throw new IllegalStateException("has more than a record and is not added here");
    }
  }

  private void addRetention(Batch.Write.OfRetention write) {
    switch (write) {
      case Batch.Write.PutUse(var use) -> uses.put(use);
      case Batch.Write.DropUse(var cksum) -> uses.drop(RowKey.of(cksum));
      case Batch.Write.PutRemoved(var artifact) ->
          put(
              RowTable.REMOVED,
              RowKey.of(artifact.id().cksum()),
              RemovedArtifactCodec.encode(artifact));
    }
  }

  private void addSnapshot(Batch.Write.OfSnapshots write) {
    switch (write) {
      case Batch.Write.PutSnapshot(var info) ->
          put(RowTable.SNAPSHOTS, RowKey.of(info.sequence()), SnapshotCodec.encode(info));
      case Batch.Write.DropSnapshot(var sequence) -> drop(RowTable.SNAPSHOTS, RowKey.of(sequence));
      case Batch.Write.PutSnapshotCrate(var sequence, var crate) ->
          table(RowTable.SNAPSHOT_CRATES)
              .put(
                  RowKey.of(crate.name().collisionKey(), sequence),
                  List.of(SnapshotCrateCodec.encode(crate), SnapshotCrateCodec.encodeLeaf(crate)));
      case Batch.Write.DropSnapshotCrate(var sequence, var name) ->
          drop(RowTable.SNAPSHOT_CRATES, RowKey.of(name.collisionKey(), sequence));
    }
  }

  private TableWrites table(RowTable table) {
    return tables.computeIfAbsent(table, TableWrites::new);
  }

  private void put(RowTable table, RowKey key, byte[] record) {
    table(table).put(key, List.of(record));
  }

  private void drop(RowTable table, RowKey key) {
    table(table).drop(key);
  }
}
