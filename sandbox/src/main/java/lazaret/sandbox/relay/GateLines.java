package lazaret.sandbox.relay;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import lazaret.sandbox.response.ResponseBody;
import lazaret.sandbox.response.ResponseHead;

/// The pool of connections of a session to the gate. Thread-safe.
final class GateLines implements AutoCloseable {
  private final GateEndpoint gate;
  private final Duration patience;
  private final Deque<GateLine> free = new ConcurrentLinkedDeque<>();
  private final Set<GateLine> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// Creates an empty pool.
  ///
  /// @param patience the timeout of each read
  GateLines(GateEndpoint gate, Duration patience) {
    this.gate = gate;
    this.patience = patience;
  }

  /// A request and its response. It must be closed after the response was read.
  final class Exchange implements AutoCloseable {
    private final GateLine line;
    private final ResponseHead head;

    private Exchange(GateLine line, ResponseHead head) {
      this.line = line;
      this.head = head;
    }

    ResponseHead head() {
      return head;
    }

    ResponseBody body() {
      return line.body();
    }

    @Override
    public void close() {
      if (line.isReadyAgain()) {
        keep(line);
      } else {
        end(line);
      }
    }
  }

  /// Opens a connection in advance, because the handshake and the first use of these classes take
  /// time. The first request reports a failure.
  void prepare() {
    try {
      keep(connect());
    } catch (IOException | RuntimeException _) {
      // The first request reports the failure.
    }
  }

  /// Sends a request to the gate.
  ///
  /// @param head the request, of which only method and target are sent
  /// @param gzip whether the response may be compressed
  /// @throws IOException if the request fails
  Exchange ask(RequestHead head, boolean gzip) throws IOException {
    for (GateLine line = free.poll(); line != null; line = free.poll()) {
      if (line.isOld()) {
        end(line);
        continue;
      }
      try {
        return new Exchange(line, asked(line, head, gzip, true));
      } catch (GateLine.StaleException _) {
        // The gate closed the kept connection; the next one or a new one is used.
      }
    }
    GateLine line = connect();
    return new Exchange(line, asked(line, head, gzip, false));
  }

  private ResponseHead asked(GateLine line, RequestHead head, boolean gzip, boolean kept)
      throws IOException {
    try {
      return line.ask(head, gzip, kept);
    } catch (IOException | RuntimeException e) {
      end(line);
      throw e;
    }
  }

  private GateLine connect() throws IOException {
    GateLine line = GateLine.connect(gate, patience);
    all.add(line);
    if (closed) {
      end(line);
      throw new SocketException("the session has ended");
    }
    return line;
  }

  private void keep(GateLine line) {
    free.push(line);
  }

  private void end(GateLine line) {
    all.remove(line);
    line.close();
  }

  /// Closes all connections, including those in use.
  @Override
  public void close() {
    closed = true;
    all.forEach(this::end);
  }
}
