package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.webserver.CloseConnectionException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An observer of the frames that the server sends. It keeps the [StreamTable] up to date, and lets
/// the guard send frames of its own between them. The library hands over each frame in one call; it
/// is recorded at that moment, and written in that order by [OutboundQueue]. Thread-safe.
final class OutboundWatch implements DataWriter {
  private static final int MAX_CONCURRENT_STREAMS = 3;

  private final OutboundQueue queue;
  private final StreamTable streams;
  private final FloodBudgets budgets;
  private final ReentrantLock lock = new ReentrantLock();
  private final FrameBuffer own = new FrameBuffer();
  private volatile @Nullable Thread reader;
  private boolean raw;
  private boolean settingsSent;
  private boolean inBlock;

  /// Creates a watch.
  ///
  /// @param raw whether the first write is the response to an upgrade, not a frame
  OutboundWatch(OutboundQueue queue, StreamTable streams, FloodBudgets budgets, boolean raw) {
    this.queue = queue;
    this.streams = streams;
    this.budgets = budgets;
    this.raw = raw;
  }

  /// Records the calling thread as the reader of the connection. The library's writes do not fail
  /// in this thread; after a failed write in any thread this method fails. The reader must wake the
  /// requests before it ends.
  void checkReader() {
    reader = Thread.currentThread();
    if (queue.isFailed()) {
      throw new CloseConnectionException("a write to the client failed");
    }
  }

  /// Resets a stream.
  void reset(int stream, Http2ErrorCode code) {
    lock.lock();
    try {
      own.header(4, FrameType.RST_STREAM, 0, stream);
      own.word(code.code());
      sendOwn();
    } finally {
      lock.unlock();
    }
  }

  /// Returns the window of content that was dropped to the connection.
  void credit(int bytes) {
    lock.lock();
    try {
      streams.grant(0, bytes);
      own.header(4, FrameType.WINDOW_UPDATE, 0, 0);
      own.word(bytes);
      sendOwn();
    } finally {
      lock.unlock();
    }
  }

  /// Sends own frames unless a header block of the server is incomplete.
  private void sendOwn() {
    if (!inBlock && own.size() > 0) {
      byte[] frames = own.take();
      queue.add(BufferData.create(frames, 0, frames.length));
    }
  }

  @Override
  public void writeNow(BufferData buffer) {
    lock.lock();
    try {
      BufferData frame = raw || buffer.available() < FrameType.HEADER ? buffer : noted(buffer);
      raw = false;
      queue.add(frame);
      sendOwn();
    } catch (UncheckedIOException e) {
      if (Thread.currentThread() != reader) {
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private BufferData noted(BufferData frame) {
    int length = number(frame, 0, 3);
    int flags = number(frame, 4, 1);
    int stream = number(frame, 5, 4);
    FrameType type = FrameType.of(number(frame, 3, 1));
    switch (type) {
      case DATA -> {
        streams.sent(stream, length);
        budgets.sent(length);
        ends(stream, flags);
      }
      case HEADERS, CONTINUATION -> {
        inBlock = (flags & FrameType.END_HEADERS) == 0;
        ends(stream, flags);
      }
      case RST_STREAM -> {
        streams.serverResets(stream);
        budgets.serverResets.take();
      }
      case WINDOW_UPDATE -> streams.grant(stream, number(frame, FrameType.HEADER, 4));
      case SETTINGS -> {
        if (!settingsSent) {
          settingsSent = true;
          return limited(frame);
        }
      }
      case PRIORITY, PUSH_PROMISE, PING, GOAWAY, UNKNOWN -> {}
    }
    return frame;
  }

  private void ends(int stream, int flags) {
    if ((flags & FrameType.END_STREAM) != 0 && streams.serverEnds(stream)) {
      budgets.response();
    }
  }

  private static int number(BufferData frame, int at, int bytes) {
    int number = 0;
    for (int i = at; i < at + bytes; i++) {
      number = (number << 8) | (frame.get(i) & 0xFF);
    }
    return number;
  }

  /// Announces the limit of streams. The library itself is configured with a higher limit: it would
  /// end the connection, while a single stream must be refused.
  private static BufferData limited(BufferData settings) {
    byte[] bytes = new byte[settings.available()];
    settings.read(bytes);
    for (int at = FrameType.HEADER; at + 6 <= bytes.length; at += 6) {
      if (bytes[at] == 0 && bytes[at + 1] == MAX_CONCURRENT_STREAMS) {
        bytes[at + 2] = 0;
        bytes[at + 3] = 0;
        bytes[at + 4] = StreamTable.LIMIT >> 8;
        bytes[at + 5] = StreamTable.LIMIT;
      }
    }
    return BufferData.create(bytes, 0, bytes.length);
  }

  @Override
  public void write(BufferData... buffers) {
    writeNow(buffers);
  }

  @Override
  public void write(BufferData buffer) {
    writeNow(buffer);
  }

  @Override
  public void writeNow(BufferData... buffers) {
    writeNow(BufferData.create(buffers));
  }

  /// Returns whether no frame waits for the socket; see [OutboundQueue#isWritten].
  boolean isWritten() {
    return queue.isWritten();
  }

  /// Waits until no frame waits for the socket; see [OutboundQueue#flush].
  @Override
  public void flush() {
    queue.flush();
  }
}
