package lazaret.sandbox.relay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.RequestScan;

/// A connection with deadlines for reads and writes. Not thread-safe.
final class DeadlineChannel implements AutoCloseable {
  private static final int BUFFER = 16 << 10;
  private static final int OUT = 64 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final Duration writeTime;
  private final RequestScan search;
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER).flip();
  private final ByteBuffer out = ByteBuffer.allocate(OUT);
  private long deadline;

  /// Wraps a connection, which is closed with this object.
  ///
  /// @param channel the connection
  /// @param writeTime the time in which the client must accept some bytes
  /// @param search the search of all received bytes
  DeadlineChannel(SocketChannel channel, Duration writeTime, RequestScan search)
      throws IOException {
    this.channel = channel;
    this.search = search;
    this.writeTime = writeTime;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /// Sets the time in which all following reads must complete.
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /// Reads one byte.
  ///
  /// @return 0 to 255, or -1 if the connection has ended
  /// @throws SocketTimeoutException after the deadline
  int next() throws IOException {
    if (!in.hasRemaining() && !fill()) {
      return -1;
    }
    return Byte.toUnsignedInt(in.get());
  }

  /// Reads one byte.
  ///
  /// @throws EOFException if the connection has ended
  int need() throws IOException {
    int next = next();
    if (next < 0) {
      throw new EOFException("the connection ended within a message");
    }
    return next;
  }

  /// Reads a number of bytes.
  byte[] need(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) need();
    }
    return bytes;
  }

  private boolean fill() throws IOException {
    in.clear();
    int read = channel.read(in);
    while (read == 0) {
      await(SelectionKey.OP_READ, deadline);
      read = channel.read(in);
    }
    in.flip();
    searchRead();
    return read > 0;
  }

  private void searchRead() {
    search.accept(in.array(), in.position(), in.remaining());
  }

  /// Reads the received bytes without waiting, so that they are searched too.
  ///
  /// @param most the largest number of bytes, approximately
  void drain(int most) throws IOException {
    int left = most;
    int read = 1;
    while (read > 0 && left > 0) {
      read = channel.read(in.clear());
      in.flip();
      searchRead();
      left -= read;
    }
  }

  /// Writes bytes, each given as 0 to 255.
  void write(int... bytes) throws IOException {
    for (int each : bytes) {
      out.put((byte) each);
    }
    flush();
  }

  /// Appends bytes to the buffer of [#flush]. They must fit, as a head does.
  void put(byte[] bytes) {
    out.put(bytes);
  }

  /// Returns the number of buffered bytes.
  int size() {
    return out.position();
  }

  /// Truncates the buffered bytes.
  void shrink(int size) {
    out.position(size);
  }

  /// Replaces buffered bytes.
  void set(int at, String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      out.put(at + i, (byte) ascii.charAt(i));
    }
  }

  /// Appends the available bytes of a stream, as far as they fit.
  ///
  /// @param from the stream
  /// @param spared the number of bytes to leave free in the buffer
  /// @return the number of bytes; negative at the end of the stream
  int take(InputStream from, int spared) throws IOException {
    int read = from.read(out.array(), out.position(), out.remaining() - spared);
    out.position(out.position() + Math.max(0, read));
    return read;
  }

  /// Writes the buffered bytes.
  ///
  /// @throws SocketTimeoutException if the client accepts no bytes for too long
  void flush() throws IOException {
    out.flip();
    while (out.hasRemaining()) {
      if (channel.write(out) == 0) {
        await(SelectionKey.OP_WRITE, System.nanoTime() + writeTime.toNanos());
      }
    }
    out.clear();
  }

  private void await(int operation, long until) throws IOException {
    key.interestOps(operation);
    do {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("the peer is too slow");
      }
      selector.select(left);
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
    } while (selector.selectedKeys().isEmpty());
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }
}
