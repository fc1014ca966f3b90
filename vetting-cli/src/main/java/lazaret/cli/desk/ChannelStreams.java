package lazaret.cli.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lazaret.sandbox.relay.GateConnector;

/// A connected channel as two streams with a timeout for each read and write, which a Unix socket
/// does not have itself. Not thread-safe, except for [#close].
final class ChannelStreams implements GateConnector.Line {
  private static final int SLICE = 64 << 10;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final InputStream in = new In();
  private final OutputStream out = new Out();
  private Duration patience;

  /// Creates the streams of a connected channel, which is closed with this line.
  ChannelStreams(SocketChannel channel, Duration patience) throws IOException {
    this.channel = channel;
    this.patience = patience;
    channel.configureBlocking(false);
    this.selector = Selector.open();
    this.key = channel.register(selector, SelectionKey.OP_READ);
  }

  /// Sets the timeout of following reads and writes.
  void within(Duration time) {
    patience = time;
  }

  @Override
  public InputStream in() {
    return in;
  }

  @Override
  public OutputStream out() {
    return out;
  }

  private void await(int operation) throws IOException {
    long until = System.nanoTime() + patience.toNanos();
    try {
      key.interestOps(operation);
      do {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          throw new SocketTimeoutException("timed out");
        }
        selector.select(left);
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted");
        }
      } while (selector.selectedKeys().isEmpty());
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException | java.nio.channels.CancelledKeyException _) {
      throw new AsynchronousCloseException();
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      selector.close();
    }
  }

  /// The incoming bytes of the channel. A read waits at most for the current timeout.
  private final class In extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      ByteBuffer buffer = ByteBuffer.wrap(into, offset, Math.min(SLICE, length));
      int read = channel.read(buffer);
      while (read == 0) {
        await(SelectionKey.OP_READ);
        read = channel.read(buffer);
      }
      return read;
    }
  }

  /// The outgoing bytes of the channel. Each wait is limited by the current timeout.
  private final class Out extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      int end = offset + length;
      for (int at = offset; at < end; ) {
        // The JDK copies the whole argument into memory outside of the heap, so the slices are
        // small.
        int written = channel.write(ByteBuffer.wrap(from, at, Math.min(SLICE, end - at)));
        at += written;
        if (written == 0) {
          await(SelectionKey.OP_WRITE);
        }
      }
    }
  }
}
