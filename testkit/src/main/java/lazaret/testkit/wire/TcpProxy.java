package lazaret.testkit.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// A proxy before a server on loopback. Its own address is on loopback unless another one is named.
/// It can part the clients from the server, as a network does that loses all packets, and join them
/// again. Thread-safe.
public final class TcpProxy implements AutoCloseable {
  private static final int BACKLOG = 1_024;
  private static final int BUFFER = 1 << 16;

  private final int target;
  private final ServerSocket listener;
  private final Supplier<? extends Passage> passages;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Guarded by lock.
  private boolean parted;

  /// One connection: what passes in both directions, each on a thread of its own.
  interface Passage {
    /// Passes on what the client sends, until it ends.
    void requests(InputStream client, OutputStream server) throws IOException, InterruptedException;

    /// Passes on what the server sends, until it ends.
    void replies(InputStream server, OutputStream client) throws IOException, InterruptedException;
  }

  /// A connection whose bytes are not looked at.
  private static final class Plain implements Passage {
    @Override
    public void requests(InputStream client, OutputStream server) throws IOException {
      copy(client, server);
    }

    @Override
    public void replies(InputStream server, OutputStream client) throws IOException {
      copy(server, client);
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
      byte[] buffer = new byte[BUFFER];
      int length = from.read(buffer);
      while (length >= 0) {
        to.write(buffer, 0, length);
        length = from.read(buffer);
      }
    }
  }

  /// A stream that waits while the client is parted from the server.
  private final class Gate extends OutputStream {
    private final OutputStream out;

    Gate(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      awaitJoined();
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      awaitJoined();
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  private TcpProxy(int target, ServerSocket listener, Supplier<? extends Passage> passages) {
    this.target = target;
    this.listener = listener;
    this.passages = passages;
  }

  /// Starts a proxy that passes all bytes on.
  ///
  /// @param port the port of the server
  public static TcpProxy before(int port) {
    return before(port, loopback());
  }

  /// Starts a proxy that passes all bytes on, for clients in another network.
  ///
  /// @param port the port of the server
  /// @param at the address of this machine that the clients reach
  public static TcpProxy before(int port, InetAddress at) {
    return listening(at, port, Plain::new);
  }

  /// Starts a proxy.
  ///
  /// @param port the port of the server
  /// @param passages gives what passes on one more connection
  static TcpProxy before(int port, Supplier<? extends Passage> passages) {
    return listening(loopback(), port, passages);
  }

  private static TcpProxy listening(
      InetAddress at, int port, Supplier<? extends Passage> passages) {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(at, 0), BACKLOG);
      TcpProxy proxy = new TcpProxy(port, listener, passages);
      Thread.ofVirtual().name("tcp-proxy-accept").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a proxy before port " + port, e);
    }
  }

  private static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  /// Returns the port.
  public int port() {
    return listener.getLocalPort();
  }

  /// Parts clients and server: connections stay open, and nothing passes.
  public void part() {
    setParted(true);
  }

  /// Joins clients and server. What was sent meanwhile passes now.
  public void join() {
    setParted(false);
  }

  private void setParted(boolean value) {
    lock.lock();
    try {
      parted = value;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitJoined() throws IOException {
    lock.lock();
    try {
      while (parted) {
        changed.await();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while parted");
    } finally {
      lock.unlock();
    }
  }

  /// Closes all connections. New ones are accepted.
  public void drop() {
    open.forEach(TcpProxy::closeQuietly);
  }

  @Override
  public void close() {
    closeQuietly(listener);
    drop();
    // The threads of closed connections end.
    join();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().name("tcp-proxy").start(() -> serve(client));
      } catch (IOException _) {
        // Closed, or the client closed the connection before it was accepted.
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    try (client;
        Socket server = connected()) {
      open.add(server);
      try {
        client.setTcpNoDelay(true);
        Passage passage = passages.get();
        Thread.ofVirtual().name("tcp-proxy-replies").start(() -> answer(passage, client, server));
        passage.requests(client.getInputStream(), new Gate(server.getOutputStream()));
      } finally {
        open.remove(server);
      }
    } catch (IOException _) {
      // One of the sides closed the connection, or there is no server; tests do both.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  private Socket connected() throws IOException {
    awaitJoined();
    Socket server = new Socket(loopback(), target);
    server.setTcpNoDelay(true);
    return server;
  }

  /// Passes replies on, and closes the connection to the client when the server closed its own.
  private void answer(Passage passage, Socket client, Socket server) {
    try {
      passage.replies(server.getInputStream(), new Gate(client.getOutputStream()));
    } catch (IOException _) {
      // One of the sides closed the connection.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(client);
      closeQuietly(server);
    }
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // A proxy of tests does not need a clean close.
    }
  }
}
