package lazaret.mirror.http;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Every client connection, so that one that makes no headway can be closed: one that sends its
/// request byte by byte, or does not take its answer (slow-client attacks). Helidon bounds neither.
/// Thread-safe.
final class Connections implements SocketOptions, AutoCloseable {
  /// A client that takes its answer slower than this is not waited for.
  private static final long MIN_BYTES_PER_SECOND = 4_096;

  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final SocketOptions options;
  private final Duration idle;
  private final ConcurrentHashMap<SocketAddress, Connection> open = new ConcurrentHashMap<>();
  private final Thread sweeper;
  private volatile boolean closed;

  /// @param idle how long a connection may exist without completing a request or its answer
  Connections(SocketOptions options, Duration idle) {
    this.options = options;
    this.idle = idle.plus(SWEEP);
    this.sweeper = Thread.ofPlatform().name("connections").daemon().start(this::run);
  }

  /// One connection. Several requests may be under way on it (HTTP/2).
  static final class Connection {
    private final SocketChannel channel;
    private final AtomicInteger answering = new AtomicInteger();
    private final AtomicInteger sending = new AtomicInteger();
    private volatile long since = System.nanoTime();
    private volatile long patience;

    private Connection(SocketChannel channel) {
      this.channel = channel;
    }

    /// Notes that a request has arrived whole and is being answered.
    void began() {
      answering.incrementAndGet();
      since = System.nanoTime();
    }

    /// Notes that an answer is about to be sent.
    void sends(long bytes) {
      since = System.nanoTime();
      patience = Math.max(patience, bytes * 1_000_000_000L / MIN_BYTES_PER_SECOND);
      sending.incrementAndGet();
    }

    /// Notes that an answer has been sent, or could not be.
    void ended() {
      answering.decrementAndGet();
      if (sending.decrementAndGet() == 0) {
        patience = 0;
      }
      since = System.nanoTime();
    }
  }

  /// Finds the connection of a peer; null where it is closed already.
  @Nullable Connection find(SocketAddress peer) {
    return open.get(peer);
  }

  /// Closes the connection of a peer. Over TLS the HTTP library leaves it open after it has said
  /// good-bye.
  void close(SocketAddress peer) {
    Connection connection = open.remove(peer);
    if (connection != null) {
      close(connection.channel);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException _) {
      // it is of no use any more either way
    }
  }

  int count() {
    return open.size();
  }

  private void run() {
    while (!closed) {
      try {
        Thread.sleep(SWEEP);
      } catch (InterruptedException _) {
        return;
      }
      sweep(System.nanoTime());
    }
  }

  /// Closes what makes no headway and forgets what is closed.
  void sweep(long now) {
    open.values().removeIf(connection -> !connection.channel.isOpen() || tooSlow(connection, now));
  }

  private boolean tooSlow(Connection connection, long now) {
    if (connection.answering.get() > connection.sending.get()) {
      // The client waits for us.
      return false;
    }
    long allowed = Math.min(LONGEST.toNanos(), idle.toNanos() + connection.patience);
    if (now - connection.since <= allowed) {
      return false;
    }
    close(connection.channel);
    return true;
  }

  @Override
  public void configureSocket(SocketChannel channel) {
    options.configureSocket(channel);
    try {
      SocketAddress peer = channel.getRemoteAddress();
      if (peer != null) {
        open.put(peer, new Connection(channel));
      }
    } catch (IOException _) {
      // closed by the client before it said anything
    }
  }

  @Override
  public void close() {
    closed = true;
    sweeper.interrupt();
    open.clear();
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return options.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return options.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return options.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return options.tcpNoDelay();
  }

  @Override
  public void configureSocket(Socket socket) {
    options.configureSocket(socket);
  }
}
