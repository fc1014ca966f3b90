package lazaret.bundle.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.index.IndexEntry;
import lazaret.vetting.snapshot.SnapshotCrate;
import lazaret.vetting.snapshot.SnapshotLine;
import lazaret.vetting.snapshot.Statement;

/// The tables of index lines and of decisions, read side by side: line by line each decision is on
/// the version of its index line, and signed. Holds one crate. Not thread-safe; to be closed.
public final class CrateTables implements AutoCloseable {
  private final TableInput index;
  private final TableInput decisions;
  private final IndexTable crates;
  private final List<TufKey> keys;

  /// Begins to read.
  ///
  /// @param index `index.ndjson.gz`; closed with this
  /// @param decisions `decisions.dsse.ndjson.gz`; closed with this
  /// @param keys those that may sign decisions; one of them has to
  public CrateTables(TableInput index, TableInput decisions, List<TufKey> keys) {
    this.index = index;
    this.decisions = decisions;
    this.crates = new IndexTable(index);
    this.keys = List.copyOf(keys);
  }

  /// Reads the next crate, by collision key; without lines where it is gone.
  ///
  /// @return empty at the end of both tables
  /// @throws BundleException `table-malformed`, `index-malformed`, `name-collision`,
  ///   `decision-missing`, `decision-digest-mismatch`, `decision-signature-invalid`,
  ///   `limit-exceeded`
  /// @throws IOException as the streams throw it
  public Optional<SnapshotCrate> next() throws IOException {
    Optional<IndexTable.Lines> crate = crates.next();
    if (crate.isEmpty()) {
      if (decisions.line(Envelope.MOST).isPresent()) {
        throw new BundleException(
            BundleCode.TABLE_MALFORMED,
            "cannot read decisions.dsse.ndjson.gz: it has more lines than there are index lines");
      }
      return Optional.empty();
    }
    List<SnapshotLine> lines = new ArrayList<>(crate.get().entries().size());
    for (IndexEntry entry : crate.get().entries()) {
      lines.add(new SnapshotLine(entry, statement(entry.id())));
    }
    return Optional.of(new SnapshotCrate(crate.get().name(), lines));
  }

  private Statement statement(CrateId id) throws IOException {
    Bytes line =
        decisions
            .line(Envelope.MOST)
            .orElseThrow(
                () ->
                    new BundleException(
                        BundleCode.DECISION_MISSING,
                        "cannot take %s: the table of decisions ends before it".formatted(id)));
    Statement statement;
    try {
      statement = Statement.parse(Envelope.parse(line).verified(keys, 1));
    } catch (MalformedException e) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read the decision on %s: %s".formatted(id, e.getMessage()),
          e);
    }
    CrateId found = statement.id();
    if (!found.name().equals(id.name()) || !found.version().equals(id.version())) {
      throw new BundleException(
          BundleCode.DECISION_MISSING,
          "cannot take %s: expected the decision on it, found the one on %s".formatted(id, found));
    }
    if (!found.cksum().equals(id.cksum())) {
      throw new BundleException(
          BundleCode.DECISION_DIGEST_MISMATCH,
          "cannot take %s: the decision is on other bytes (sha256 %s)"
              .formatted(id, found.cksum()));
    }
    return statement;
  }

  @Override
  public void close() throws IOException {
    try (index) {
      decisions.close();
    }
  }
}
