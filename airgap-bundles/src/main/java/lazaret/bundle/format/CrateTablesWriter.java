package lazaret.bundle.format;

import java.io.IOException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;

/// Writes the tables of index lines and of decisions, which are signed on all processors. Not
/// thread-safe; to be closed.
public final class CrateTablesWriter implements AutoCloseable {
  /// How many bytes of statements are signed ahead.
  private static final int AHEAD = 1 << 20;

  /// What a statement costs beyond its bytes.
  private static final long OVERHEAD = 1024;

  private final TableOutput index;
  private final TableOutput decisions;
  private final SigningKey key;
  private final InOrder<Bytes> envelopes = new InOrder<>(AHEAD);

  /// Begins both tables.
  ///
  /// @param index `index.ndjson.gz`; closed with this
  /// @param decisions `decisions.dsse.ndjson.gz`; closed with this
  /// @param key signs decisions; of the scheme `ed25519`
  public CrateTablesWriter(TableOutput index, TableOutput decisions, SigningKey key) {
    this.index = index;
    this.decisions = decisions;
    this.key = key;
  }

  /// Adds a crate; they come in the order of collision keys.
  ///
  /// @throws IOException as the streams throw it
  public void add(SnapshotCrate crate) throws IOException {
    IndexTable.write(
        index, crate.name(), crate.lines().stream().map(line -> line.entry().raw()).toList());
    for (SnapshotLine line : crate.lines()) {
      Bytes payload = line.statement().payload();
      envelopes.add(OVERHEAD + payload.length(), () -> Envelope.signed(payload, key).line());
      while (envelopes.isFull()) {
        decisions.line(envelopes.take());
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (index;
        decisions;
        envelopes) {
      while (!envelopes.isEmpty()) {
        decisions.line(envelopes.take());
      }
    }
  }
}
