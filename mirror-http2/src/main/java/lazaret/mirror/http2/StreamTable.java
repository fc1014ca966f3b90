package lazaret.mirror.http2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The streams of one connection as the client sees them, and their flow-control windows. The
/// thread that reads and those that send use it. Thread-safe.
final class StreamTable {
  /// The limit of concurrent streams that is announced.
  static final int LIMIT = 100;

  private static final int DEFAULT_WINDOW = 65_535;

  private final Map<Integer, OpenStream> open = new ConcurrentHashMap<>();
  private final Map<Integer, OpenStream> reset;
  private final AtomicLong sendWindow = new AtomicLong(DEFAULT_WINDOW);
  private final AtomicLong receiveWindow = new AtomicLong(DEFAULT_WINDOW);
  private final int initialReceive;
  private volatile long initialSend = DEFAULT_WINDOW;

  /// Creates a table without streams.
  ///
  /// @param initialReceive the window for the client's data that is announced for each stream
  StreamTable(int initialReceive) {
    this.initialReceive = initialReceive;
    this.reset =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Integer, OpenStream> eldest) {
            return size() > LIMIT;
          }
        };
  }

  /// Returns the number of open streams.
  int open() {
    return open.size();
  }

  /// Finds an open stream.
  @Nullable OpenStream find(int stream) {
    return open.get(stream);
  }

  /// Finds a stream that the server has reset before the client ended it.
  @Nullable OpenStream findReset(int stream) {
    synchronized (reset) {
      return reset.get(stream);
    }
  }

  /// Opens a stream.
  void begin(int stream, boolean clientEnded) {
    OpenStream opened = new OpenStream(initialSend, initialReceive);
    if (clientEnded) {
      opened.endClient();
    }
    open.put(stream, opened);
  }

  /// Records a stream that the server refuses. Frames that the client sent in the meantime are
  /// dropped.
  void refuse(int stream, boolean clientEnded) {
    begin(stream, clientEnded);
    serverResets(stream);
  }

  /// Returns the open streams.
  List<Integer> all() {
    return List.copyOf(open.keySet());
  }

  /// Records the client's END_STREAM.
  void clientEnds(int stream) {
    OpenStream found = open.get(stream);
    if (found != null && found.endClient()) {
      open.remove(stream);
    }
    synchronized (reset) {
      reset.remove(stream);
    }
  }

  /// Records the server's END_STREAM, and returns whether the client still waited for it.
  boolean serverEnds(int stream) {
    OpenStream found = open.get(stream);
    if (found != null && found.endServer()) {
      open.remove(stream);
    }
    return found != null;
  }

  /// Records the client's RST_STREAM.
  void clientResets(int stream) {
    open.remove(stream);
  }

  /// Records the server's RST_STREAM. Frames that the client sent in the meantime are dropped.
  void serverResets(int stream) {
    OpenStream found = open.remove(stream);
    if (found != null && !found.clientEnded()) {
      synchronized (reset) {
        reset.put(stream, found);
      }
    }
  }

  /// Subtracts content that the server sends from the windows.
  void sent(int stream, int bytes) {
    sendWindow.addAndGet(-bytes);
    OpenStream found = open.get(stream);
    if (found != null) {
      found.sendWindow.addAndGet(-bytes);
    }
  }

  /// Subtracts content that the client sends from the windows.
  void received(OpenStream stream, int bytes) {
    if (receiveWindow.addAndGet(-bytes) < 0 || stream.receiveWindow.addAndGet(-bytes) < 0) {
      throw Http2Violation.flowControl("DATA beyond the flow-control window");
    }
  }

  /// Adds a window that the server opens; stream 0 is the connection.
  void grant(int stream, int bytes) {
    OpenStream found = open.get(stream);
    if (stream == 0) {
      receiveWindow.addAndGet(bytes);
    } else if (found != null) {
      found.receiveWindow.addAndGet(bytes);
    }
  }

  /// Adds a window that the client opens for the connection.
  void widen(int bytes) {
    widen(sendWindow, bytes);
  }

  /// Adds a window that the client opens for a stream.
  void widen(OpenStream stream, int bytes) {
    widen(stream.sendWindow, bytes);
  }

  private static void widen(AtomicLong window, long bytes) {
    if (window.addAndGet(bytes) > Integer.MAX_VALUE) {
      throw Http2Violation.flowControl("flow-control window above 2^31-1");
    }
  }

  /// Changes the initial window that the client grants.
  ///
  /// @param bytes the window; -1 if the client did not name one
  void initialWindow(long bytes) {
    if (bytes < 0) {
      return;
    }
    long difference = bytes - initialSend;
    initialSend = bytes;
    for (OpenStream stream : open.values()) {
      widen(stream.sendWindow, difference);
    }
  }
}
