package lazaret.bundle.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.trust.DsseEnvelope;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// A reader of `decisions.dsse.ndjson.gz`. Each line is an [DsseEnvelope] of the statements on many
/// versions in the order of the index lines, each with a line end. One signature covers many
/// statements, because verifying it costs as much as hashing 100 kB.
///
/// All processors verify envelopes, up to 1 MiB ahead of the caller. Not thread-safe; the caller
/// closes it.
final class DecisionTable implements AutoCloseable {
  /// The number of bytes of statements after which an envelope is full.
  private static final int FULL = 256 << 10;

  /// The number of bytes of lines that are verified ahead.
  private static final long AHEAD = 1 << 20;

  private final TableLineReader in;
  private final List<TufKey> keys;
  private final OrderedTasks<List<Bytes>> envelopes = new OrderedTasks<>(AHEAD);
  private final Queue<Bytes> statements = new ArrayDeque<>();
  private boolean ended;

  /// Creates a reader.
  ///
  /// @param in the table; closed with this reader
  /// @param keys the decision keys; one of them must have signed each envelope
  DecisionTable(TableLineReader in, List<TufKey> keys) {
    this.in = in;
    this.keys = List.copyOf(keys);
  }

  /// Reads the next statement, whose signature was verified.
  ///
  /// @return the statement, or empty at the end
  /// @throws BundleException `table-malformed`, `decision-signature-invalid`, `limit-exceeded`
  /// @throws IOException if the stream throws it
  Optional<Bytes> next() throws IOException {
    while (statements.isEmpty()) {
      while (!ended && !envelopes.isFull()) {
        readAhead();
      }
      if (envelopes.isEmpty()) {
        return Optional.empty();
      }
      statements.addAll(envelopes.take());
    }
    return Optional.of(statements.remove());
  }

  private void readAhead() throws IOException {
    Optional<Bytes> line = in.line(DsseEnvelope.MOST);
    ended = line.isEmpty();
    line.ifPresent(
        envelope ->
            envelopes.add(
                envelope.length(), () -> split(DsseEnvelope.parse(envelope).verified(keys, 1))));
  }

  private static List<Bytes> split(Bytes payload) {
    byte[] bytes = payload.array();
    List<Bytes> statements = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        statements.add(Bytes.copyOf(bytes, from, i - from));
        from = i + 1;
      }
    }
    if (from < bytes.length || statements.isEmpty()) {
      throw new BundleException(
          BundleCode.TABLE_MALFORMED,
          "cannot read decisions.dsse.ndjson.gz: expected statements in an envelope, each with a line"
              + " end");
    }
    return statements;
  }

  @Override
  public void close() throws IOException {
    try (envelopes) {
      in.close();
    }
  }

  /// A writer of the table. All processors sign envelopes.
  static final class Writer implements AutoCloseable {
    private final TableLineWriter out;
    private final SigningKey key;
    private final OrderedTasks<Bytes> envelopes = new OrderedTasks<>(AHEAD);
    private final ByteArrayOutputStream open = new ByteArrayOutputStream(FULL);

    /// Creates a writer.
    ///
    /// @param out the table; closed with this writer
    /// @param key the signing key, of the scheme `ed25519`
    Writer(TableLineWriter out, SigningKey key) {
      this.out = out;
      this.key = key;
    }

    /// Adds a statement, which must not contain a line break.
    void add(Bytes statement) throws IOException {
      statement.writeTo(open);
      open.write('\n');
      if (open.size() >= FULL) {
        sign();
      }
      while (envelopes.isFull()) {
        out.line(envelopes.take());
      }
    }

    private void sign() {
      Bytes payload = Bytes.of(open.toByteArray());
      open.reset();
      envelopes.add(payload.length(), () -> DsseEnvelope.signed(payload, key).line());
    }

    @Override
    public void close() throws IOException {
      try (out;
          envelopes) {
        if (open.size() > 0) {
          sign();
        }
        while (!envelopes.isEmpty()) {
          out.line(envelopes.take());
        }
      }
    }
  }
}
