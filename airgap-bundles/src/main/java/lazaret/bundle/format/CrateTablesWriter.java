package lazaret.bundle.format;

import java.io.IOException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// A writer of the index table and the table of decisions. Not thread-safe; the caller closes it.
public final class CrateTablesWriter implements AutoCloseable {
  private final TableLineWriter index;
  private final DecisionTable.Writer decisions;

  /// Creates a writer of both tables.
  ///
  /// @param index the table `index.ndjson.gz`; closed with this writer
  /// @param decisions the table `decisions.dsse.ndjson.gz`; closed with this writer
  /// @param key the key that signs decisions, of the scheme `ed25519`
  public CrateTablesWriter(TableLineWriter index, TableLineWriter decisions, SigningKey key) {
    this.index = index;
    this.decisions = new DecisionTable.Writer(decisions, key);
  }

  /// Adds a crate. Crates must be added in the order of collision keys.
  ///
  /// @throws IOException if the streams throw it
  public void add(SnapshotCrate crate) throws IOException {
    IndexTable.write(
        index, crate.name(), crate.lines().stream().map(line -> line.entry().raw()).toList());
    for (SnapshotLine line : crate.lines()) {
      decisions.add(line.statement().payload());
    }
  }

  @Override
  public void close() throws IOException {
    try (index) {
      decisions.close();
    }
  }
}
