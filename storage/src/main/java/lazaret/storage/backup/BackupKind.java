package lazaret.storage.backup;

import org.jspecify.annotations.Nullable;

/// What a frame of a backup holds. There is none for tokens: a backup may lie where a store may
/// not, so it holds nothing that opens a door. There is none for decisions found by crate either:
/// they are made anew from the ledger.
public enum BackupKind {
  /// Key: the name of a small value; value: the value.
  META(1),
  /// Value: an index file.
  CRATE(2),
  /// Key: the crate's collision key; value: how current its index file is.
  FRESHNESS(3),
  /// Key: the crate's collision key; value: its view.
  VIEW(4),
  /// Value: findings.
  FINDINGS(5),
  /// Value: an entry of the ledger; they come in the order of the chain.
  LEDGER(6),
  /// Value: an open request.
  REQUEST(7),
  /// Value: what was handed out to whom.
  ACCESS(8),
  /// Key: the note of the artefact; value: its bytes.
  ARTEFACT(9),
  /// Value: a feed of advisories.
  FEED(10),
  /// Value: a verdict that was given.
  RULING(11),
  /// Value: a lockfile that was seen.
  LOCKFILE(12),
  /// Value: the note of a snapshot.
  SNAPSHOT(13),
  /// Key: the sequence, eight bytes; value: what that snapshot says of a crate.
  SNAPSHOT_CRATE(14);

  private final int code;

  BackupKind(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static @Nullable BackupKind of(int code) {
    for (BackupKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    return null;
  }
}
