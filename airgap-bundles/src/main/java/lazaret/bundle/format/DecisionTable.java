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
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;

/// Reads `decisions.dsse.ndjson.gz`: on each line an [Envelope] around the statements on many
/// versions, each with a line end, in the order of the index lines. One signature stands for many
/// statements, since checking one costs as much as hashing a hundred kilobytes.
///
/// Envelopes are checked on all processors, a few ahead of the reader. Not thread-safe; to be
/// closed.
final class DecisionTable implements AutoCloseable {
  /// An envelope is full with this many bytes of statements.
  private static final int FULL = 256 << 10;

  /// How many bytes of lines are checked ahead.
  private static final long AHEAD = 1 << 20;

  private final TableInput in;
  private final List<TufKey> keys;
  private final InOrder<List<Bytes>> envelopes = new InOrder<>(AHEAD);
  private final Queue<Bytes> statements = new ArrayDeque<>();
  private boolean ended;

  /// Begins to read.
  ///
  /// @param in the table; closed with this
  /// @param keys those that may sign decisions; one of them has to
  DecisionTable(TableInput in, List<TufKey> keys) {
    this.in = in;
    this.keys = List.copyOf(keys);
  }

  /// Reads the next statement, which a reviewer's key signed.
  ///
  /// @return empty at the end
  /// @throws BundleException `table-malformed`, `decision-signature-invalid`, `limit-exceeded`
  /// @throws IOException as the stream throws it
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
    Optional<Bytes> line = in.line(Envelope.MOST);
    ended = line.isEmpty();
    line.ifPresent(
        envelope ->
            envelopes.add(
                envelope.length(), () -> split(Envelope.parse(envelope).verified(keys, 1))));
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

  /// Writes the table; envelopes are signed on all processors.
  static final class Writer implements AutoCloseable {
    private final TableOutput out;
    private final SigningKey key;
    private final InOrder<Bytes> envelopes = new InOrder<>(AHEAD);
    private final ByteArrayOutputStream open = new ByteArrayOutputStream(FULL);

    /// Begins the table.
    ///
    /// @param out closed with this
    /// @param key of the scheme `ed25519`
    Writer(TableOutput out, SigningKey key) {
      this.out = out;
      this.key = key;
    }

    /// Adds a statement, which has no line break.
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
      envelopes.add(payload.length(), () -> Envelope.signed(payload, key).line());
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
