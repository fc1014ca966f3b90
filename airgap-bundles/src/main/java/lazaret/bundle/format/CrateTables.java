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
import lazaret.vetting.snapshot.VerificationStatement;

/// A reader of the index table together with the table of decisions. Each decision is signed and is
/// for the version of its index line. All processors check crates, up to 512 KiB ahead of the
/// caller. Not thread-safe; the caller closes it.
public final class CrateTables implements AutoCloseable {
  /// The number of bytes of lines that are checked ahead.
  private static final int AHEAD = 512 << 10;

  /// The largest total length of the lines and decisions of one crate, in bytes.
  private static final int MOST_CRATE = 48 << 20;

  /// The memory that is counted for a crate in addition to its lines, in bytes.
  private static final long OVERHEAD = 1024;

  private final TableLineReader index;
  private final DecisionTable decisions;
  private final IndexTable crates;
  private final OrderedTasks<SnapshotCrate> ahead = new OrderedTasks<>(AHEAD);
  private boolean ended;

  /// Creates a reader.
  ///
  /// @param index the table `index.ndjson.gz`; closed with this reader
  /// @param decisions the table `decisions.dsse.ndjson.gz`; closed with this reader
  /// @param keys the decision keys; one of them must have signed each decision
  public CrateTables(TableLineReader index, TableLineReader decisions, List<TufKey> keys) {
    this.index = index;
    this.decisions = new DecisionTable(decisions, keys);
    this.crates = new IndexTable(index);
  }

  /// Reads the next crate in the order of collision keys. A removed crate has no lines.
  ///
  /// @return the crate, or empty at the end of both tables
  /// @throws BundleException `table-malformed`, `index-malformed`, `name-collision`,
  ///   `decision-missing`, `decision-digest-mismatch`, `decision-signature-invalid`;
  ///   `limit-exceeded`, also if lines and decisions of one crate exceed 48 MiB
  /// @throws IOException if the streams throw it
  public Optional<SnapshotCrate> next() throws IOException {
    while (!ended && !ahead.isFull()) {
      readAhead();
    }
    return ahead.isEmpty() ? Optional.empty() : Optional.of(ahead.take());
  }

  /// Reads one crate ahead. An error is reported in its order, after errors of the crates before
  /// it.
  private void readAhead() {
    try {
      Optional<IndexTable.Lines> crate = crates.next();
      if (crate.isPresent()) {
        add(crate.get());
        return;
      }
      ended = true;
      if (decisions.next().isPresent()) {
        throw new BundleException(
            BundleCode.TABLE_MALFORMED,
            "cannot read decisions.dsse.ndjson.gz: it has more decisions than there are index lines");
      }
    } catch (IOException | RuntimeException e) {
      ended = true;
      ahead.add(
          0,
          () -> {
            throw e;
          });
    }
  }

  private void add(IndexTable.Lines crate) throws IOException {
    List<Bytes> statements = new ArrayList<>();
    long weight = OVERHEAD + crate.file().length();
    while (statements.size() < crate.count()) {
      Optional<Bytes> statement = decisions.next();
      if (statement.isEmpty()) {
        break;
      }
      statements.add(statement.get());
      weight += statement.get().length();
      if (weight > MOST_CRATE) {
        throw new BundleException(
            BundleCode.LIMIT_EXCEEDED,
            "cannot use the crate '%s': its lines and decisions have more than %d bytes"
                .formatted(crate.name(), MOST_CRATE));
      }
    }
    ahead.add(weight, () -> crate(crate, statements));
  }

  private static SnapshotCrate crate(IndexTable.Lines crate, List<Bytes> decided) {
    List<SnapshotLine> lines = new ArrayList<>(decided.size());
    for (IndexEntry entry : crate.entries()) {
      CrateId id = entry.id();
      if (lines.size() == decided.size()) {
        throw new BundleException(
            BundleCode.DECISION_MISSING,
            "cannot use %s: the table of decisions ends before it".formatted(id));
      }
      lines.add(new SnapshotLine(entry, statement(id, decided.get(lines.size()))));
    }
    return new SnapshotCrate(crate.name(), lines);
  }

  private static VerificationStatement statement(CrateId id, Bytes payload) {
    VerificationStatement statement;
    try {
      statement = VerificationStatement.parse(payload);
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
          "cannot use %s: expected the decision on it, found the one on %s".formatted(id, found));
    }
    if (!found.cksum().equals(id.cksum())) {
      throw new BundleException(
          BundleCode.DECISION_DIGEST_MISMATCH,
          "cannot use %s: the decision is on other bytes (sha256 %s)".formatted(id, found.cksum()));
    }
    return statement;
  }

  @Override
  public void close() throws IOException {
    try (ahead;
        index) {
      decisions.close();
    }
  }
}
