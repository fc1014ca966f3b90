package lazaret.bundle.format;

import java.io.IOException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// Writes the tables of index lines and of decisions. Not thread-safe; to be closed.
public final class CrateTablesWriter implements AutoCloseable {
  private final TableOutput index;
  private final DecisionTable.Writer decisions;

  /// Begins both tables.
  ///
  /// @param index `index.ndjson.gz`; closed with this
  /// @param decisions `decisions.dsse.ndjson.gz`; closed with this
  /// @param key signs decisions; of the scheme `ed25519`
  public CrateTablesWriter(TableOutput index, TableOutput decisions, SigningKey key) {
    this.index = index;
    this.decisions = new DecisionTable.Writer(decisions, key);
  }

  /// Adds a crate; they come in the order of collision keys.
  ///
  /// @throws IOException as the streams throw it
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
