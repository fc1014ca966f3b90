package lazaret.detonation;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;

/// A connection that carries messages: one byte for the kind, four bytes for the length with the
/// most significant one first, and the content. Each message has a time limit. The other side is
/// not trusted to keep to the form. Not thread-safe, except for [#wake].
final class FrameConnection implements AutoCloseable {
  private static final int HEAD = 1 + Integer.BYTES;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  /// A message.
  ///
  /// @param kind the kind, one of those that were expected
  /// @param content the content, within the limit of its kind
  record Frame(FrameKind kind, Bytes content) {}

  /// Takes over a connected channel, which is closed with this connection.
  FrameConnection(SocketChannel channel) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /// Sends a message without content.
  void send(FrameKind kind, Duration patience) throws IOException {
    send(kind, Bytes.EMPTY, patience);
  }

  /// Sends a message.
  ///
  /// @param patience the time limit for the whole message
  /// @throws MalformedException if the content is too long for the kind; nothing was sent then
  /// @throws IOException if the other side has left, or does not read in time
  void send(FrameKind kind, Bytes content, Duration patience) throws IOException {
    if (content.length() > kind.maxBytes()) {
      throw tooLong(kind, content.length());
    }
    long end = System.nanoTime() + patience.toNanos();
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    head.put((byte) kind.number()).putInt(content.length()).flip();
    write(head, end);
    write(ByteBuffer.wrap(content.array()), end);
  }

  private void write(ByteBuffer bytes, long end) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, end);
      }
    }
  }

  /// Reads the next message.
  ///
  /// @param expected the kinds that may follow
  /// @param patience the time limit for the whole message
  /// @throws MalformedException if it is of another kind or longer than its kind permits
  /// @throws IOException if the other side has left, or does not send in time
  Frame read(Set<FrameKind> expected, Duration patience) throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    ByteBuffer head = ByteBuffer.allocate(HEAD);
    fill(head, end);
    FrameKind kind = FrameKind.of(head.get() & 0xff);
    int length = head.getInt();
    if (!expected.contains(kind)) {
      throw new MalformedException(
          "cannot read a message: expected one of %s, found %s"
              .formatted(EnumSet.copyOf(expected), kind));
    }
    if (length < 0 || length > kind.maxBytes()) {
      throw tooLong(kind, Integer.toUnsignedLong(length));
    }
    ByteBuffer content = ByteBuffer.allocate(length);
    fill(content, end);
    return new Frame(kind, Bytes.of(content.array()));
  }

  private static MalformedException tooLong(FrameKind kind, long length) {
    return new MalformedException(
        "cannot pass a message of kind %s: expected at most %d bytes, found %d"
            .formatted(kind, kind.maxBytes(), length));
  }

  private void fill(ByteBuffer bytes, long end) throws IOException {
    while (bytes.hasRemaining()) {
      int read = channel.read(bytes);
      if (read < 0) {
        throw new EOFException("the other side has left");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, end);
      }
    }
    bytes.flip();
  }

  private void await(int operation, long end) throws IOException {
    key.interestOps(operation);
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("the other side does not respond in time");
    }
    selector.select(left);
    selector.selectedKeys().clear();
    // A selector does not wait in a thread that is interrupted.
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the wait for the other side was canceled");
    }
  }

  /// Waits until the other side sends something or leaves, [#wake] is called, or the time has
  /// passed.
  ///
  /// @return whether the other side sent something or left
  boolean isHeard(Duration time) throws IOException {
    key.interestOps(SelectionKey.OP_READ);
    boolean heard = selector.select(Math.max(1, time.toMillis())) > 0;
    selector.selectedKeys().clear();
    return heard;
  }

  /// Ends the present or next call of [#isHeard].
  void wake() {
    selector.wakeup();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }
}
