package lazaret.vetting.gate.snapshots;

import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.BatchCondition;

/// The selection of the writes that a store makes while it serves a snapshot. The snapshot replaces
/// the data that an upstream would send.
final class SnapshotWriteFilter {
  private SnapshotWriteFilter() {}

  /// Returns a batch without the writes of an upstream. Its conditions remain.
  static Batch kept(Batch batch) {
    return batch.withWrites(batch.writes().stream().filter(SnapshotWriteFilter::isKept).toList());
  }

  /// Returns whether no write of a batch is left, and its commit would have no other effect.
  ///
  /// @param kept the result of [#kept]
  static boolean isIdle(Batch batch, Batch kept) {
    return kept.writes().isEmpty()
        && !batch.writes().isEmpty()
        && batch.leases().stream().noneMatch(BatchCondition.LeaseHeld::ends);
  }

  private static boolean isKept(Write write) {
    return switch (write) {
      case Write.PutCrate _, Write.PutFreshness _, Write.PutView _, Write.PutSummary _ -> false;
      case Write.PutArtifact _,
          Write.DropArtifact _,
          Write.PutFindings _,
          Write.Append _,
          Write.PutRequest _,
          Write.DropRequest _,
          Write.AddDownload _,
          Write.DropAccess _,
          Write.PutToken _,
          Write.DropToken _,
          Write.PutFeed _,
          Write.DropFeed _,
          Write.PutVerdict _,
          Write.DropVerdict _,
          Write.PutLockfile _,
          Write.DropLockfile _,
          Write.OfRetention _,
          Write.OfSnapshots _,
          Write.OfDesk _,
          Write.PutMeta _ ->
          true;
    };
  }
}
