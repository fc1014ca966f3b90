package lazaret.storage.rocks;

import java.util.List;
import java.util.stream.Stream;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.SummaryCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.storage.record.ViewCodec;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.VerifiedCrate;
import lazaret.vetting.gate.store.Batch;

/// The changes of rows by writes that need no place in the order of commits.
final class RowChanges {
  private final List<KeyChange> changes;

  RowChanges(List<KeyChange> changes) {
    this.changes = changes;
  }

  /// Adds the changes of a write.
  void add(Batch.Write write) {
    switch (write) {
      case Batch.Write.PutCrate(var crate) ->
          put(ColumnFamily.UPSTREAM, RowKeys.crate(crate.name()), StoredCrateCodec.encode(crate));
      case Batch.Write.PutFreshness(var name, var freshness) ->
          put(ColumnFamily.FRESHNESS, RowKeys.crate(name), FreshnessCodec.encode(freshness));
      case Batch.Write.PutView(var name, var view) ->
          put(ColumnFamily.VIEWS, RowKeys.crate(name), ViewCodec.encode(view));
      case Batch.Write.PutSummary(var summary) ->
          put(ColumnFamily.SUMMARIES, RowKeys.crate(summary.name()), SummaryCodec.encode(summary));
      case Batch.Write.PutArtifact(var crate) -> {
        byte[] key = RowKeys.sha256(crate.id().cksum());
        put(ColumnFamily.ARTIFACTS, key, crate.bytes().array());
        put(ColumnFamily.HELD, key, note(crate).encode());
      }
      case Batch.Write.DropArtifact(var cksum) ->
          Stream.of(ColumnFamily.ARTIFACTS, ColumnFamily.CARRIED, ColumnFamily.HELD)
              .forEach(f -> drop(f, RowKeys.sha256(cksum)));
      case Batch.Write.PutFindings(var f) ->
          put(ColumnFamily.FINDINGS, RowKeys.sha256(f.sha256()), FindingsCodec.encode(f));
      case Batch.Write.PutRequest(var request) ->
          put(
              ColumnFamily.REQUESTS,
              RowKeys.version(request.id().name(), request.id().version()),
              RequestCodec.encode(request));
      case Batch.Write.DropRequest(var name, var version) ->
          drop(ColumnFamily.REQUESTS, RowKeys.version(name, version));
      case Batch.Write.PutToken(var token) ->
          put(ColumnFamily.TOKENS, RowKeys.sha256(token.secretHash()), TokenCodec.encode(token));
      case Batch.Write.DropToken(var secretHash) ->
          drop(ColumnFamily.TOKENS, RowKeys.sha256(secretHash));
      case Batch.Write.PutFeed(var held) ->
          put(ColumnFamily.FEEDS, RowKeys.feed(held.feed().info().name()), FeedCodec.encode(held));
      case Batch.Write.DropFeed(var name) -> drop(ColumnFamily.FEEDS, RowKeys.feed(name));
      case Batch.Write.PutVerdict(var verdict) ->
          put(
              ColumnFamily.VERDICTS,
              RowKeys.verdict(verdict.id(), verdict.at()),
              VerdictCodec.encode(verdict));
      case Batch.Write.DropVerdict(var id, var at) ->
          drop(ColumnFamily.VERDICTS, RowKeys.verdict(id, at));
      case Batch.Write.PutLockfile(var lock) ->
          put(ColumnFamily.LOCKFILES, RowKeys.sha256(lock.digest()), LockfileCodec.encode(lock));
      case Batch.Write.DropLockfile(var digest) ->
          drop(ColumnFamily.LOCKFILES, RowKeys.sha256(digest));
      case Batch.Write.PutDeskRow(var row) ->
          put(
              ColumnFamily.DESK,
              RowKeys.desk(row.table(), row.key()),
              MetaCodec.encode(row.value()));
      case Batch.Write.DropDeskRow(var table, var key) ->
          drop(ColumnFamily.DESK, RowKeys.desk(table, key));
      case Batch.Write.OfRetention of -> addRetention(of);
      case Batch.Write.OfSnapshots of -> RocksSnapshots.changes(of, changes);
      case Batch.Write.PutMeta(var name, var value) ->
          put(ColumnFamily.META, RowKeys.meta(name), MetaCodec.encode(value));
      case Batch.Write.Append _, Batch.Write.AddDownload _, Batch.Write.DropAccess _ ->
          throw needsTurn();
    }
  }

  private void addRetention(Batch.Write.OfRetention write) {
    switch (write) {
      case Batch.Write.DropUse(var cksum) -> drop(ColumnFamily.USES, RowKeys.sha256(cksum));
      case Batch.Write.PutRemoved(var artifact) ->
          put(
              ColumnFamily.REMOVED,
              RowKeys.sha256(artifact.id().cksum()),
              RemovedArtifactCodec.encode(artifact));
      case Batch.Write.PutUse _ -> throw needsTurn();
    }
  }

  private static IllegalStateException needsTurn() {
    return new IllegalStateException("needs a turn and is not written here");
  }

  /// Returns the metadata of an artifact. It has a CRC-32C if the artifact is large enough for a
  /// blob file. A smaller one is checked with the block of its table, and hashed in microseconds.
  static StoredArtifact note(VerifiedCrate crate) {
    Bytes bytes = crate.bytes();
    return bytes.length() < ColumnFamily.MIN_BLOB
        ? new StoredArtifact(crate.id(), bytes.length())
        : StoredArtifact.of(crate.id(), bytes);
  }

  private void put(ColumnFamily family, byte[] key, byte[] value) {
    changes.add(new KeyChange.Put(family, key, value));
  }

  private void drop(ColumnFamily family, byte[] key) {
    changes.add(new KeyChange.Delete(family, key));
  }
}
