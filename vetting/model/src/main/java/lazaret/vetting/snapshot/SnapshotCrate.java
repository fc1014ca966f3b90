package lazaret.vetting.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;

/// One crate of a snapshot with the lines of its versions.
///
/// @param name name as published
/// @param lines lines in upstream's order; empty if the crate was removed
public record SnapshotCrate(CrateName name, List<SnapshotLine> lines) {
  /// An estimate of the characters of one line of a leaf.
  private static final int LINE = 192;

  /// Copies the list.
  public SnapshotCrate {
    lines = List.copyOf(lines);
  }

  /// Returns whether the crate was removed.
  public boolean gone() {
    return lines.isEmpty();
  }

  /// Returns the line of a version by its exact text, or empty if there is none.
  public Optional<SnapshotLine> line(CrateVersion version) {
    return lines.stream().filter(l -> l.entry().version().equals(version)).findFirst();
  }

  /// Returns the crate's leaf in the [StateTree] (RFC 6962 §2.1): the SHA-256 of a zero byte and
  /// one line for each version.
  public Sha256 leaf() {
    var text = new StringBuilder(LINE * lines.size());
    lines.forEach(line -> line.canonical(text));
    byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
    var hasher = new Sha256.Hasher();
    hasher.update(StateTree.LEAF, 0, StateTree.LEAF.length);
    hasher.update(bytes, 0, bytes.length);
    return hasher.finish();
  }
}
