package lazaret.mirror.clients;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import lazaret.mirror.http2.ReleasingReader;
import org.jspecify.annotations.Nullable;

/// A connection of the HTTP library whose incoming bytes pass a [RequestHeadWatch].
final class WatchedContext implements ConnectionContext {
  private final ConnectionContext inner;
  private final DataReader reader;
  private final PeerInfo remotePeer;
  private final PeerInfo localPeer;

  /// Creates the context of a connection.
  ///
  /// @param crowded returns whether there are many connections
  WatchedContext(ConnectionContext inner, RequestHeadWatch watch, BooleanSupplier crowded) {
    this.inner = inner;
    this.remotePeer = new KnownPeer(inner.remotePeer());
    this.localPeer = new KnownPeer(inner.localPeer());
    this.reader =
        new ReleasingReader(
            () -> {
              watch.awaits();
              byte[] bytes = read(inner, watch, crowded);
              watch.arrived(bytes);
              return bytes;
            });
  }

  /// One end of the connection, which stays the same. The library looks it up under a lock whenever
  /// it is asked, and over TLS it makes an exception for each client without a certificate.
  private static final class KnownPeer implements PeerInfo {
    private final SocketAddress address;
    private final String host;
    private final int port;
    private final @Nullable Principal principal;
    private final Certificate @Nullable [] certificates;

    KnownPeer(PeerInfo found) {
      this.address = found.address();
      this.host = found.host();
      this.port = found.port();
      this.principal = found.tlsPrincipal().orElse(null);
      this.certificates = found.tlsCertificates().orElse(null);
    }

    @Override
    public SocketAddress address() {
      return address;
    }

    @Override
    public String host() {
      return host;
    }

    @Override
    public int port() {
      return port;
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
      return Optional.ofNullable(principal);
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
      return Optional.ofNullable(certificates);
    }
  }

  /// Reads the bytes that have arrived. A connection that ends within a head is not reported as a
  /// failure, because the library would log it as a defect of the server.
  private static byte[] read(
      ConnectionContext inner, RequestHeadWatch watch, BooleanSupplier crowded) {
    DataReader source = inner.dataReader();
    try {
      if (source.available() > 0) {
        // The library has read the first bytes, to identify the protocol.
        return source.readBuffer().readBytes();
      }
      if (crowded.getAsBoolean() && !watch.responds()) {
        yieldToOthers();
      }
      return received(inner.serverSocket());
    } catch (DataReader.InsufficientDataAvailableException | ServerConnectionException e) {
      if (watch.responds()) {
        throw e;
      }
      throw new CloseConnectionException("the connection ended before a request", e);
    }
  }

  /// Yields to other requests before the thread waits for its next one, which has often arrived
  /// meanwhile. The JDK then finds it with its first read, and saves the registration with its
  /// poller and the wake-up. Results are the same in each order of threads.
  @SuppressWarnings("ThreadPriorityCheck")
  private static void yieldToOthers() {
    Thread.yield();
  }

  private static byte[] received(HelidonSocket socket) {
    byte[] bytes;
    try {
      bytes = socket.get();
    } catch (UncheckedIOException e) {
      throw new ServerConnectionException("the connection broke", e);
    }
    if (bytes == null) {
      throw new DataReader.InsufficientDataAvailableException();
    }
    return bytes;
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public ListenerContext listenerContext() {
    return inner.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return inner.executor();
  }

  @Override
  public DataWriter dataWriter() {
    return inner.dataWriter();
  }

  @Override
  public Router router() {
    return inner.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return inner.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return inner.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return remotePeer;
  }

  @Override
  public PeerInfo localPeer() {
    return localPeer;
  }

  @Override
  public boolean isSecure() {
    return inner.isSecure();
  }

  @Override
  public String socketId() {
    return inner.socketId();
  }

  @Override
  public String childSocketId() {
    return inner.childSocketId();
  }
}
