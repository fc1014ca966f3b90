package lazaret.vetting.snapshot;

import lazaret.vetting.index.IndexEntry;

/// One version of a snapshot: its index line and the statement on it.
///
/// @param entry upstream's index line, byte for byte, as the connected side serves it
/// @param statement the reason why the version is served or withheld, for the bytes that the line
///   names
public record SnapshotLine(IndexEntry entry, VerificationStatement statement) {
  /// Checks that the line and the statement are of the same version and bytes.
  ///
  /// @throws IllegalArgumentException if the statement is of other bytes or another version
  public SnapshotLine {
    if (!statement.id().equals(entry.id())) {
      throw new IllegalArgumentException(
          "expected a statement on %s, found one on %s".formatted(entry.id(), statement.id()));
    }
  }

  /// Appends the line of the crate's leaf: name, version, SHA-256, whether it is yanked, and the
  /// digest of the statement, separated by spaces.
  void canonical(StringBuilder leaf) {
    leaf.append(entry.name().published()).append(' ').append(entry.version().text()).append(' ');
    leaf.append(entry.cksum().hex()).append(' ').append(entry.yanked()).append(' ');
    leaf.append(statement.digest().hex()).append('\n');
  }
}
