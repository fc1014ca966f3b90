package lazaret.storage.backup;

import org.jspecify.annotations.Nullable;

/// The kinds of frames of a backup. There is none for tokens: a backup may be less protected than a
/// store, so it contains no credentials. There is none for decisions by crate either: they are made
/// again from the ledger.
public enum BackupFrameKind {
  /// Key: the name of a small value; value: the value.
  META(1),
  /// Value: an index file.
  CRATE(2),
  /// Key: the crate's collision key; value: the freshness of its index file.
  FRESHNESS(3),
  /// Key: the crate's collision key; value: its view.
  VIEW(4),
  /// Value: findings.
  FINDINGS(5),
  /// Value: an entry of the ledger; they come in the order of the chain.
  LEDGER(6),
  /// Value: an open request.
  REQUEST(7),
  /// Value: the downloads of a version by a client.
  ACCESS(8),
  /// Key: the metadata of the artifact; value: its bytes.
  ARTIFACT(9),
  /// Value: a feed of advisories.
  FEED(10),
  /// Value: a recorded verdict.
  VERDICT(11),
  /// Value: a lockfile that was seen.
  LOCKFILE(12),
  /// Value: the metadata of a snapshot.
  SNAPSHOT(13),
  /// Key: the sequence, eight bytes; value: the state of a crate in that snapshot.
  SNAPSHOT_CRATE(14),
  /// Key: the table of the desk, a zero byte and the key of a row; value: the row.
  DESK(15),
  /// Value: the last use of an artifact.
  ARTIFACT_USE(16),
  /// Value: the evidence of a removed artifact.
  REMOVED_ARTIFACT(17);

  private final int code;

  BackupFrameKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static @Nullable BackupFrameKind of(int code) {
    for (BackupFrameKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
