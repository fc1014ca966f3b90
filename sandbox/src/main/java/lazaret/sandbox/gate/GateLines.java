package lazaret.sandbox.gate;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import lazaret.sandbox.reply.ReplyBody;
import lazaret.sandbox.reply.ReplyHead;

/// The connections of a session to the gate, outside. Those that are free are taken again.
/// Thread-safe.
final class GateLines implements AutoCloseable {
  private final OutsideGate gate;
  private final Duration patience;
  private final Deque<GateLine> free = new ConcurrentLinkedDeque<>();
  private final Set<GateLine> all = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// Connects to nobody yet.
  ///
  /// @param patience how long to wait for each part of an answer
  GateLines(OutsideGate gate, Duration patience) {
    this.gate = gate;
    this.patience = patience;
  }

  /// A request and its answer. Closed once the answer was read as far as it is wanted.
  final class Exchange implements AutoCloseable {
    private final GateLine line;
    private final ReplyHead head;

    private Exchange(GateLine line, ReplyHead head) {
      this.line = line;
      this.head = head;
    }

    ReplyHead head() {
      return head;
    }

    ReplyBody body() {
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

  /// Connects before anything is to be asked: shaking hands takes its time, and so does the first
  /// use of all this. Where that fails, the first request tells.
  void prepare() {
    try {
      keep(connect());
    } catch (IOException | RuntimeException _) {
      // told by the first request
    }
  }

  /// Asks the gate.
  ///
  /// @param head whose method and target are asked for; nothing else of it goes out
  /// @param gzip whether the answer may be compressed
  /// @throws IOException if it cannot be asked
  Exchange ask(RequestHead head, boolean gzip) throws IOException {
    for (GateLine line = free.poll(); line != null; line = free.poll()) {
      if (line.isOld()) {
        end(line);
        continue;
      }
      try {
        return new Exchange(line, asked(line, head, gzip, true));
      } catch (GateLine.StaleException _) {
        // It was kept for too long: the next one, or a new one.
      }
    }
    GateLine line = connect();
    return new Exchange(line, asked(line, head, gzip, false));
  }

  private ReplyHead asked(GateLine line, RequestHead head, boolean gzip, boolean kept)
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

  /// Ends all connections, also those in use.
  @Override
  public void close() {
    closed = true;
    all.forEach(this::end);
  }
}
