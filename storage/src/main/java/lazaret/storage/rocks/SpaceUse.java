package lazaret.storage.rocks;

import lazaret.storage.record.FeedCodec;
import lazaret.storage.rocks.files.DiskSpace;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.ledger.Decision;

/// The disk space that a batch needs and may use. The most important write of a batch decides,
/// except that bytes of artifacts and feeds always leave their share.
///
/// @param kind the part of the disk space that the batch may use
/// @param bytes the bytes of its large values, as far as they are known before they are encoded
record SpaceUse(DiskSpace.Use kind, long bytes) {

  /// Returns the use of a batch.
  static SpaceUse of(Batch batch) {
    boolean decides = false;
    boolean indexes = false;
    boolean admits = false;
    boolean notes = false;
    long bytes = 0;
    for (Write write : batch.writes()) {
      switch (write) {
        case Write.PutArtifact(var crate) -> {
          admits = true;
          bytes += crate.bytes().length();
        }
        case Write.PutFeed(var held) -> {
          notes = true;
          bytes += FeedCodec.encode(held).length;
        }
        case Write.PutMeta _, Write.PutSnapshot _, Write.PutSnapshotCrate _ -> notes = true;
        case Write.Append(var event) -> {
          decides |= event instanceof Decision;
          notes = true;
        }
        case Write.PutToken _, Write.DropToken _, Write.DropArtifact _ -> decides = true;
        case Write.PutDeskRow _ -> notes = true;
        case Write.PutCrate _,
            Write.PutFreshness _,
            Write.PutFindings _,
            Write.PutRequest _,
            Write.AddDownload _,
            Write.PutVerdict _,
            Write.PutLockfile _,
            Write.PutUse _ ->
            indexes = true;
        // A view follows from the other writes of its batch; a view alone counts as an index file.
        case Write.PutView(_, var view) -> bytes += view.body().length();
        // A summary follows from the other writes of its batch, and so does the evidence of an
        // artifact that is removed.
        case Write.PutSummary _,
            Write.PutRemoved _,
            Write.DropUse _,
            Write.DropRequest _,
            Write.DropAccess _,
            Write.DropFeed _,
            Write.DropVerdict _,
            Write.DropLockfile _,
            Write.DropSnapshot _,
            Write.DropSnapshotCrate _,
            Write.DropDeskRow _ -> {}
      }
    }
    return new SpaceUse(kind(decides, admits, indexes, notes), bytes);
  }

  private static DiskSpace.Use kind(
      boolean decides, boolean admits, boolean indexes, boolean notes) {
    if (admits) {
      return DiskSpace.Use.ARTIFACT;
    }
    if (decides) {
      return DiskSpace.Use.DECISION;
    }
    return notes && !indexes ? DiskSpace.Use.NOTICE : DiskSpace.Use.INDEX;
  }

  /// Returns whether the batch may use the reserve.
  boolean small() {
    return kind == DiskSpace.Use.DECISION;
  }
}
