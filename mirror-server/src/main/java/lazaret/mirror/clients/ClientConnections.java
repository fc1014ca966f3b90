package lazaret.mirror.clients;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All client connections. A connection without progress is closed: a request head that takes too
/// long, an answer that is taken too slowly, too much time between two requests. If the server is
/// full, the client with the most connections loses its oldest ones without a request in progress.
/// Thread-safe; the accept loop of the HTTP library calls [#configureSocket].
public final class ClientConnections implements SocketOptions, AutoCloseable {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  /// The connections that the HTTP library accepts beyond the limit, for those that are being
  /// closed.
  private static final int MARGIN = 64;

  /// The most connections with which a request rarely waits for a processor.
  private static final int FEW = 8;

  /// The time between two counts of late heads that found few of them.
  private static final long COUNT = 10_000_000L;

  /// The reason for closing a connection.
  public enum Closed {
    /// The request head took too long.
    HEAD,
    /// The client made no progress.
    SLOW,
    /// Another connection took its place.
    FULL,
    /// It was never accepted, because every connection was in use.
    REFUSED
  }

  private final SocketOptions options;
  private final ConnectionLimits limits;
  private final TrustedProxies proxies;
  private final DescriptorCount descriptors;
  private final boolean plain;
  private final EvictionOrder eviction;
  private final ConcurrentHashMap<SocketAddress, ClientConnection> open = new ConcurrentHashMap<>();
  private final AtomicInteger incomplete = new AtomicInteger();
  private final ConcurrentHashMap<Closed, LongAdder> closings = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  // guarded by lock
  private final Map<String, Integer> perClient = new HashMap<>();
  // guarded by lock
  private long headsCounted = System.nanoTime() - COUNT;
  private final Thread sweeper;
  private volatile boolean closed;

  /// Starts to watch connections.
  ///
  /// @param options the options of each socket
  /// @param descriptors the file descriptors of the process
  /// @param plain whether connections are without TLS
  public ClientConnections(
      SocketOptions options,
      ConnectionLimits limits,
      TrustedProxies proxies,
      DescriptorCount descriptors,
      boolean plain) {
    this.options = options;
    this.limits = limits;
    this.proxies = proxies;
    this.descriptors = descriptors;
    this.plain = plain;
    this.eviction = new EvictionOrder(plain);
    this.sweeper = Thread.ofPlatform().name("connections").daemon().start(this::run);
  }

  /// Returns the limit for the HTTP library.
  public int libraryMax() {
    return limits.max() + Math.min(MARGIN, limits.max() / 4 + 1);
  }

  /// Returns the trusted proxies.
  public TrustedProxies proxies() {
    return proxies;
  }

  /// Finds the connection of a peer; null if it is closed or the peer does not use TCP.
  @Nullable ClientConnection find(SocketAddress peer) {
    return open.get(peer);
  }

  /// Finds the connection of a peer; null if it is closed or the peer does not use TCP. A client
  /// whose connection is closed may open another one from the same port, while the former is still
  /// in use by its thread.
  ///
  /// @param socketId the id that the HTTP library has for the socket
  public @Nullable ClientConnection find(SocketAddress peer, String socketId) {
    ClientConnection found = open.get(peer);
    return found != null && found.isSocket(socketId) ? found : null;
  }

  /// Closes the connection of a peer.
  ///
  /// @param socketId the id that the HTTP library has for the socket
  public void close(SocketAddress peer, String socketId) {
    ClientConnection connection = find(peer, socketId);
    if (connection != null) {
      connection.abort();
    }
  }

  /// Returns the protocols of a listener, whose connections report the beginnings of request heads
  /// here and may begin with a PROXY header.
  public List<ServerConnectionSelector> selectors(List<ServerConnectionSelector> protocols) {
    List<ServerConnectionSelector> watched =
        protocols.stream()
            .<ServerConnectionSelector>map(protocol -> new WatchedSelector(protocol, this))
            .toList();
    return Stream.concat(Stream.of(new ProxyProtocolSelector(this, watched)), watched.stream())
        .toList();
  }

  /// Returns the number of connections.
  public int count() {
    return open.size();
  }

  /// Returns whether there are so many connections that other requests often wait for a processor.
  boolean isCrowded() {
    return open.size() > FEW;
  }

  /// Returns the number of connections that were closed for a reason since the start.
  public long closed(Closed reason) {
    return closings(reason).sum();
  }

  private LongAdder closings(Closed reason) {
    return closings.computeIfAbsent(reason, _ -> new LongAdder());
  }

  /// Counts a connection for another client: the one of its last request, or the one that the PROXY
  /// header names. If only request headers name clients, the connections of a trusted proxy count
  /// for the proxy.
  public void count(ClientConnection connection, Client client) {
    String key = client.key();
    if (key.equals(connection.key()) || proxied(connection, client)) {
      return;
    }
    lock.lock();
    try {
      if (open.get(connection.peer()) == connection) {
        perClient.computeIfPresent(connection.key(), (_, n) -> n == 1 ? null : n - 1);
        perClient.merge(key, 1, Integer::sum);
        connection.count(key);
        if (perClient.getOrDefault(key, 0) > limits.perClient()) {
          purge();
          if (perClient.getOrDefault(key, 0) > limits.perClient()) {
            evict(of(key), limits.perClient(), 1);
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean proxied(ClientConnection connection, Client client) {
    return !client.source().equals(connection.client().source());
  }

  /// Records the client that a PROXY header names.
  void identify(ClientConnection connection, InetAddress source) {
    Client client = Client.of(source);
    connection.identify(client);
    count(connection, client);
  }

  /// Returns whether a peer may name its client.
  boolean trusts(SocketAddress peer) {
    return peer instanceof InetSocketAddress ip && proxies.trusts(ip.getAddress());
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

  /// Closes connections without progress and forgets closed ones.
  void sweep(long now) {
    for (ClientConnection connection : open.values()) {
      if (connection.headOverdue(now, limits.head().toNanos())) {
        end(connection, Closed.HEAD);
      } else if (connection.tooSlow(now, limits.idle().toNanos())) {
        end(connection, Closed.SLOW);
      }
    }
    lock.lock();
    try {
      purge();
    } finally {
      lock.unlock();
    }
  }

  private void end(ClientConnection connection, Closed reason) {
    if (connection.isOpen()) {
      connection.abort();
      closings(reason).increment();
    }
  }

  /// Accepts a connection.
  ///
  /// @throws IllegalStateException if the limits leave no place for it; the library closes it then
  @Override
  public void configureSocket(SocketChannel channel) {
    options.configureSocket(channel);
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress peer) {
        admit(new ClientConnection(channel, peer, incomplete));
      }
    } catch (IOException _) {
      // closed by the client before it sent anything
    }
  }

  private void admit(ClientConnection connection) {
    lock.lock();
    try {
      if (!hasCapacityFor(connection)) {
        connection.forget();
        closings(Closed.REFUSED).increment();
        if (plain) {
          connection.refuse();
        }
        throw new IllegalStateException("every connection is in use");
      }
      ClientConnection before = open.put(connection.peer(), connection);
      perClient.merge(connection.key(), 1, Integer::sum);
      if (before != null) {
        uncount(before);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean hasCapacityFor(ClientConnection connection) {
    String key = connection.key();
    boolean room = true;
    if (descriptors.scarce()) {
      room =
          purge() > 0
              || evict(List.copyOf(open.values()), limits.max(), perClient.getOrDefault(key, 0));
    }
    if (open.size() >= limits.max()) {
      purge();
      room =
          open.size() < limits.max()
              || evict(List.copyOf(open.values()), limits.max(), perClient.getOrDefault(key, 0));
    }
    if (incomplete.get() > limits.incomplete()) {
      closeLateHeads();
    }
    if (perClient.getOrDefault(key, 0) >= limits.perClient() && !trusts(connection.peer())) {
      purge();
      room &=
          perClient.getOrDefault(key, 0) < limits.perClient()
              || evict(of(key), limits.perClient(), 1);
    }
    return room;
  }

  /// Closes connections if too many wait for the rest of a request head. Those whose bytes the
  /// server has not read yet do not count: many clients at once are not at fault.
  private void closeLateHeads() {
    long now = System.nanoTime();
    if (now - headsCounted < COUNT) {
      return;
    }
    purge();
    List<ClientConnection> late =
        open.values().stream()
            .filter(c -> c.headIncomplete() && !c.isNew(now) && !c.waitsForServer())
            .toList();
    if (late.size() < limits.incomplete()) {
      headsCounted = now;
    } else {
      evict(late, limits.incomplete(), 1);
    }
  }

  private List<ClientConnection> of(String key) {
    return open.values().stream().filter(c -> c.key().equals(key)).toList();
  }

  private boolean evict(List<ClientConnection> kind, int limit, int least) {
    List<ClientConnection> victims = eviction.evict(kind, limit, least);
    victims.forEach(this::remove);
    closings(Closed.FULL).add(victims.size());
    return !victims.isEmpty();
  }

  /// Forgets connections that are closed already.
  ///
  /// @return their number
  private int purge() {
    List<ClientConnection> gone = open.values().stream().filter(c -> !c.isOpen()).toList();
    gone.forEach(this::remove);
    return gone.size();
  }

  private void remove(ClientConnection connection) {
    if (open.remove(connection.peer(), connection)) {
      uncount(connection);
    }
  }

  private void uncount(ClientConnection connection) {
    connection.forget();
    perClient.computeIfPresent(connection.key(), (_, n) -> n == 1 ? null : n - 1);
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
