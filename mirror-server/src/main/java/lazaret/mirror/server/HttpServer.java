package lazaret.mirror.server;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lazaret.mirror.budget.ServerBudgets;
import lazaret.mirror.budget.TransferWatch;
import lazaret.mirror.clients.ClientConnections;
import lazaret.mirror.clients.ConnectionLimits;
import lazaret.mirror.clients.DescriptorCount;
import lazaret.mirror.clients.ProxyProtocolTls;
import lazaret.mirror.clients.TrustedProxies;
import lazaret.mirror.config.Endpoint;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.http.AccessLog;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.ServerException;
import lazaret.mirror.http2.Http2Protocol;
import lazaret.mirror.limits.ClientLimits;
import lazaret.mirror.socket.DeskSocket;
import lazaret.mirror.tls.CertificateWatch;
import lazaret.storage.rocks.RocksOptions;
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.Body;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// The HTTP server. It connects [Router] to Helidon, with HTTP/1.1 and HTTP/2, plain or TLS. Each
/// request has a virtual thread.
public final class HttpServer implements AutoCloseable {
  static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

  /// The maximum number of requests in progress, including those that wait for memory; more are
  /// answered with 503. Each has a thread and headers of up to 32 KiB.
  private static final int MAX_REQUESTS =
      Math.clamp(Runtime.getRuntime().maxMemory() / (32 << 10), 1_000, 20_000);

  /// The pause between two checks of the accept loop.
  private static final Duration WATCH = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

  private final AccessLog log;
  private final Tracer tracer;
  private final ClientConnections connections;
  private final TransferWatch transfers = new TransferWatch();
  private final HealthHandler health;
  private final @Nullable CertificateWatch certificate;
  private final WebServerConfig.Builder settings;
  private final Thread watch;
  private final Thread collection;
  // guarded by this
  private WebServer server;
  // guarded by this
  private boolean closing;
  private final Endpoint listening;
  private final HostNames names;
  private final Optional<DeskSocket> socket;

  /// @param desk whether refusals name pages of the desk
  private HttpServer(ServerContext parts, Bytes openApi, Tracer tracer, boolean desk) {
    MirrorConfig.Server wanted = parts.config().server();
    InetSocketAddress address = address(wanted.listen());
    this.certificate = certificate(wanted.tls(), parts.clock());
    this.health = new HealthHandler(parts.store(), parts.desk().feeds(), parts.health());
    if (certificate != null) {
      parts.health().watch(certificate);
    }
    this.log = AccessLog.open(parts.config());
    this.tracer = tracer;
    this.connections = connections(wanted.connections(), wanted.tls() == null);
    Tls tls = tls();
    HelidonAdapter.Counted counted =
        new HelidonAdapter.Counted(
            new HttpCounters(), log, new RequestSpans(tracer, wanted, parts.origins()));
    ServerBudgets budgets =
        ServerBudgets.of(Runtime.getRuntime().maxMemory(), parts.config().cache().artifactMemory());
    HelidonAdapter exchanges = new HelidonAdapter(parts.clock(), counted, connections, transfers);
    this.settings = build(wanted, address, tls, exchanges);
    this.server = settings.build();
    start(address, wanted.listen());
    this.listening = wanted.listen().withPort(server.port());
    this.watch = Thread.ofPlatform().name("listener-watch").daemon().unstarted(this::keepListening);
    this.collection =
        Thread.ofVirtual()
            .name("idle collection")
            .unstarted(new IdleCollection(counted.meters()::begunSoFar));
    HostNames all = new HostNames(listening, wanted.publicUrl(), wanted.tls() != null);
    this.names = desk ? all : all.withoutPages();
    ClientLimits limits = new ClientLimits(wanted.connections().rates(), System::nanoTime);
    MetricsCollector metrics =
        new MetricsCollector(
            parts,
            counted,
            connections,
            new MetricsCollector.Memory(budgets, transfers),
            limits,
            certificate);
    Router.Inside inside = new Router.Inside(health, metrics, openApi);
    exchanges.open(new Router(parts, names, inside, budgets, limits));
    this.socket = socket(parts.config(), exchanges);
    watch.start();
    if (certificate != null) {
      certificate.start();
    }
  }

  private Optional<DeskSocket> socket(MirrorConfig config, HelidonAdapter exchanges) {
    MirrorConfig.Socket wanted = config.server().socket();
    MirrorConfig.Connections limits = config.server().connections();
    try {
      return DeskSocket.open(
          new DeskSocket.Wanted(wanted.path(), wanted.named(), wanted.group(), config.dataDir()),
          new DeskSocket.Service(
              exchanges::handle,
              direct(exchanges),
              exchanges.peers(),
              new DeskSocket.Limits(
                  limits.idleTimeout(), limits.stopTimeout(), Body.BYTES.maxBytes())));
    } catch (RuntimeException e) {
      closeServer();
      throw e;
    }
  }

  /// Starts listening, without traces.
  ///
  /// @param openApi the description of the desk's API, JSON
  public static HttpServer start(ServerContext parts, Bytes openApi) {
    return start(parts, openApi, Tracer.OFF);
  }

  /// Starts listening.
  ///
  /// @param openApi the description of the desk's API, JSON
  /// @param tracer makes the spans of requests; closed with the server
  /// @throws ServerException if the address is in use, or the access log cannot be written
  /// @throws lazaret.mirror.config.ConfigException if the TLS files cannot be used
  public static HttpServer start(ServerContext parts, Bytes openApi, Tracer tracer) {
    return new HttpServer(parts, openApi, tracer, true);
  }

  /// Starts listening until a command ends. Refusals name no page of the desk, because a command
  /// serves no pages.
  public static HttpServer startForCommand(ServerContext parts) {
    return new HttpServer(parts, Bytes.EMPTY, Tracer.OFF, false);
  }

  private void start(InetSocketAddress address, Endpoint listen) {
    String why = probe(address);
    if (why == null) {
      server.start();
    }
    if (!server.isRunning()) {
      log.close();
      connections.close();
      transfers.close();
      throw new ServerException(
          "cannot listen on %s: %s; check whether another gate runs there"
              .formatted(listen, why == null ? "the server did not start" : why),
          null);
    }
  }

  private static ClientConnections connections(MirrorConfig.Connections wanted, boolean plain) {
    DescriptorCount descriptors = DescriptorCount.ofProcess();
    int storeFiles = DescriptorCount.storeFiles(RocksOptions.DEFAULT.maxOpenFiles());
    return new ClientConnections(
        // Nagle's algorithm and delayed acknowledgements cost 40 ms stalls otherwise.
        SocketOptions.builder().tcpNoDelay(true).build(),
        ConnectionLimits.of(
            descriptors.connections(wanted.max(), storeFiles),
            wanted.headTimeout(),
            wanted.idleTimeout()),
        new TrustedProxies(wanted.proxies()),
        descriptors,
        plain);
  }

  /// Restarts listening if the library has ended its accept loop. It ends the loop after any
  /// failure to accept a connection, such as a lack of file descriptors.
  private void keepListening() {
    while (true) {
      try {
        Thread.sleep(WATCH);
      } catch (InterruptedException _) {
        return;
      }
      synchronized (this) {
        if (closing) {
          return;
        }
        if (isPortFree()) {
          listenAgain();
        }
      }
    }
  }

  /// Returns whether the port can be bound, which fails while a socket listens on it.
  private boolean isPortFree() {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address(listening));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void listenAgain() {
    LOG.log(
        System.Logger.Level.ERROR,
        "the server stopped accepting connections on {0}; it listens again",
        listening);
    server = settings.bindAddress(address(listening)).build();
    server.start();
  }

  /// Returns the reason why the address cannot be bound, or null if it can. Helidon logs such a
  /// failure, but does not report it to its caller.
  private static @Nullable String probe(InetSocketAddress address) {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address);
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    }
  }

  private static WebServerConfig.Builder build(
      MirrorConfig.Server wanted, InetSocketAddress address, Tls tls, HelidonAdapter exchanges) {
    return WebServer.builder()
        .bindAddress(address)
        .connectionOptions(exchanges.connections())
        .useNio(false)
        .featuresDiscoverServices(false)
        .protocolsDiscoverServices(false)
        .shutdownHook(false)
        .backlog(1024)
        // Helidon's default of 4096 bytes stalls clients that send many requests at once.
        .putListenerSocketOption(StandardSocketOptions.SO_REUSEADDR, true)
        .putListenerSocketOption(StandardSocketOptions.SO_RCVBUF, 256 << 10)
        .maxTcpConnections(exchanges.connections().libraryMax())
        .maxConcurrentRequests(MAX_REQUESTS)
        .idleConnectionTimeout(wanted.connections().idleTimeout())
        .idleConnectionPeriod(Duration.ofSeconds(15))
        .shutdownGracePeriod(wanted.connections().stopTimeout())
        .maxPayloadSize(Body.BYTES.maxBytes())
        .connectionSelectors(
            exchanges
                .connections()
                .selectors(
                    Http2Protocol.selectors(
                        http1(), wanted.http2(), exchanges.connections()::close)))
        .directHandlers(direct(exchanges))
        .tls(tls)
        .routing(HttpRouting.builder().any(exchanges::handle));
  }

  private static Http1Config http1() {
    return Http1Config.builder()
        .maxPrologueLength(4_096)
        .maxHeadersSize(16_384)
        .sendKeepAliveHeader(false)
        .build();
  }

  /// Returns the handlers of requests that Helidon cannot parse and answers itself.
  private static DirectHandlers direct(HelidonAdapter exchanges) {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (var type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, exchanges);
    }
    return handlers.build();
  }

  private static InetSocketAddress address(Endpoint listen) {
    try {
      return new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
    } catch (UnknownHostException e) {
      throw new ServerException(
          "cannot listen on "
              + listen
              + ": '"
              + listen.host()
              + "' is not an address of this machine",
          e);
    }
  }

  private static @Nullable CertificateWatch certificate(
      MirrorConfig.@Nullable Tls files, Clock clock) {
    return files == null ? null : CertificateWatch.open(files, clock);
  }

  private Tls tls() {
    if (certificate == null) {
      return Tls.builder().enabled(false).build();
    }
    SSLContext context = certificate.context();
    return Tls.builder()
        .sslContext(
            connections.proxies().isEmpty() ? context : ProxyProtocolTls.of(context, connections))
        .build();
  }

  /// Begins to collect the heap of the process whenever few requests arrive. It is for a process
  /// that has no other server.
  public void collectWhenIdle() {
    collection.start();
  }

  /// Returns the watch over the certificate; empty without TLS.
  public Optional<CertificateWatch> certificate() {
    return Optional.ofNullable(certificate);
  }

  /// Returns the listen address with the chosen port.
  public Endpoint listening() {
    return listening;
  }

  /// Returns the address that clients use, without a slash at the end.
  public String url() {
    return names.origin();
  }

  /// Returns the path of the unix socket; empty if there is none.
  public Optional<Path> socket() {
    return socket.map(DeskSocket::path);
  }

  /// Stops the server. New connections are refused, and requests in progress finish within the
  /// grace period.
  @Override
  public void close() {
    health.stopping();
    socket.ifPresent(DeskSocket::close);
    closeServer();
  }

  private void closeServer() {
    watch.interrupt();
    if (certificate != null) {
      certificate.close();
    }
    collection.interrupt();
    synchronized (this) {
      closing = true;
      server.stop();
    }
    connections.close();
    transfers.close();
    log.close();
    tracer.close();
  }
}
