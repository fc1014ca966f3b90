package lazaret.storage.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lazaret.storage.record.ArtifactUseCodec;
import lazaret.storage.record.DownloadRecordCodec;
import lazaret.storage.record.FeedCodec;
import lazaret.storage.record.FindingsCodec;
import lazaret.storage.record.FreshnessCodec;
import lazaret.storage.record.LockfileCodec;
import lazaret.storage.record.MetaCodec;
import lazaret.storage.record.RemovedArtifactCodec;
import lazaret.storage.record.RequestCodec;
import lazaret.storage.record.SnapshotCodec;
import lazaret.storage.record.SnapshotCrateCodec;
import lazaret.storage.record.StoredArtifact;
import lazaret.storage.record.StoredCrateCodec;
import lazaret.storage.record.TokenCodec;
import lazaret.storage.record.VerdictCodec;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.ledger.EventCodec;

/// The bytes by which rows of two stores are compared. They are the key, unless the record has it,
/// and the record as the newest form has it.
final class RowEncoder {
  private RowEncoder() {}

  /// Returns the bytes of a row that a conversion copies.
  static byte[] encode(Write write) {
    return switch (write) {
      case Write.PutFeed(var feed) -> FeedCodec.encode(feed);
      case Write.PutFindings(var findings) -> FindingsCodec.encode(findings);
      case Write.PutCrate(var crate) -> StoredCrateCodec.encode(crate);
      case Write.PutFreshness(var name, var freshness) ->
          keyed(name.collisionKey(), FreshnessCodec.encode(freshness));
      case Write.PutRequest(var request) -> RequestCodec.encode(request);
      case Write.AddDownload(var access) -> DownloadRecordCodec.encode(access);
      case Write.PutVerdict(var verdict) -> VerdictCodec.encode(verdict);
      case Write.PutLockfile(var lockfile) -> LockfileCodec.encode(lockfile);
      case Write.PutDeskRow(DeskRow(var table, var key, var value)) ->
          keyed(table.code() + '\0' + key, MetaCodec.encode(value));
      case Write.PutToken(var token) -> TokenCodec.encode(token);
      case Write.PutSnapshotCrate(var sequence, var crate) ->
          keyed(Long.toString(sequence), SnapshotCrateCodec.encode(crate));
      case Write.PutSnapshot(var info) -> SnapshotCodec.encode(info);
      case Write.PutUse(var use) -> ArtifactUseCodec.encode(use);
      case Write.PutRemoved(var artifact) -> RemovedArtifactCodec.encode(artifact);
      case Write.PutArtifact(var crate) -> encode(crate.id(), crate.bytes().length());
      case Write.Append(var event) -> EventCodec.encode(event).array();
      case Write.PutMeta(var name, var value) -> keyed(name, MetaCodec.encode(value));
      case Write.PutView _,
          Write.PutSummary _,
          Write.DropArtifact _,
          Write.DropRequest _,
          Write.DropAccess _,
          Write.DropToken _,
          Write.DropFeed _,
          Write.DropVerdict _,
          Write.DropLockfile _,
          Write.DropUse _,
          Write.DropSnapshot _,
          Write.DropSnapshotCrate _,
          Write.DropDeskRow _ ->
          throw new IllegalStateException("no conversion has this write");
    };
  }

  /// Returns the bytes of an artifact. The SHA-256 in its id represents the content.
  static byte[] encode(CrateId id, long length) {
    return new StoredArtifact(id, length).encode();
  }

  /// Returns the number of bytes that a row occupies in a batch.
  static long size(Write write) {
    return write instanceof Write.PutArtifact(var crate)
        ? crate.bytes().length()
        : encode(write).length;
  }

  private static byte[] keyed(String key, byte[] record) {
    byte[] before = (key + '\0').getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(before, before.length + record.length);
    System.arraycopy(record, 0, all, before.length, record.length);
    return all;
  }
}
