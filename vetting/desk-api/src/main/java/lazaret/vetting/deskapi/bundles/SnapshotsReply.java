package lazaret.vetting.deskapi.bundles;

import java.util.List;

/// The snapshots that are retained.
///
/// @param head the sequence of the snapshot that is served; 0 if the server has an upstream
/// @param snapshots the snapshots, oldest first
/// @param revocations the revocations after the served snapshot, whose denials are in force in
///   addition
public record SnapshotsReply(
    long head, List<RetainedSnapshotInfo> snapshots, List<RevocationInfo> revocations) {
  public SnapshotsReply {
    snapshots = List.copyOf(snapshots);
    revocations = List.copyOf(revocations);
  }
}
