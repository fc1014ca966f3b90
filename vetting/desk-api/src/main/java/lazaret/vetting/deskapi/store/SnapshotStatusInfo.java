package lazaret.vetting.deskapi.store;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.deskapi.bundles.RevocationInfo;
import org.jspecify.annotations.Nullable;

/// The state of bundle imports.
///
/// @param head the sequence of the snapshot that is served
/// @param newest the newest sequence that was imported; null if no next bundle is promised
/// @param nextExpectedBy the time at which the next bundle is promised; null if none is promised
/// @param overdue whether that time is over
/// @param detail one clause about the next bundle; null if none is promised
/// @param revocations the revocations after the served snapshot, whose denials are in force in
///   addition
/// @param behind the lag of the store; null if it has every import
public record SnapshotStatusInfo(
    long head,
    @Nullable Long newest,
    @Nullable Instant nextExpectedBy,
    boolean overdue,
    @Nullable String detail,
    List<RevocationInfo> revocations,
    @Nullable StoreLagInfo behind) {
  public SnapshotStatusInfo {
    revocations = List.copyOf(revocations);
  }
}
