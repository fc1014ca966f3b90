package lazaret.mirror.http;

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
import java.time.Duration;
import java.util.Locale;
import lazaret.mirror.config.Endpoint;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.deskapi.DeskRoute;
import lazaret.mirror.http2.Http2Protocol;
import lazaret.vetting.Bytes;
import org.jspecify.annotations.Nullable;

/// The server itself: ties [Front] to Helidon, HTTP/1.1 and HTTP/2, plain or TLS. One virtual
/// thread per request.
public final class Listener implements AutoCloseable {
  static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");

  /// More requests at once than any client asks for; beyond it the answer is 503.
  private static final int MAX_REQUESTS = 20_000;

  private final AccessLog log;
  private final Connections connections;
  private final Health health;
  private final WebServer server;
  private final Endpoint listening;
  private final HostNames names;

  private Listener(ServerParts parts, Bytes openApi) {
    MirrorConfig.Server wanted = parts.config().server();
    InetSocketAddress address = address(wanted.listen());
    Tls tls = tls(wanted.tls());
    this.health =
        new Health(parts.store(), parts.desk().feeds(), parts.desk().snapshots(), parts.freight());
    this.log = AccessLog.open(parts.config());
    this.connections =
        new Connections(
            // Nagle's algorithm and delayed acknowledgements cost 40 ms stalls otherwise.
            SocketOptions.builder().tcpNoDelay(true).build(), wanted.connections().idleTimeout());
    HttpMeters meters = new HttpMeters();
    Exchanges exchanges = new Exchanges(parts.clock(), meters, log, connections);
    this.server = build(wanted, address, tls, exchanges).build();
    start(address, wanted.listen());
    this.listening = wanted.listen().withPort(server.port());
    this.names = new HostNames(listening, wanted.publicUrl(), wanted.tls() != null);
    Metrics metrics = new Metrics(parts, meters, log, connections);
    exchanges.open(new Front(parts, names, new Front.Inside(health, metrics, openApi)));
  }

  /// Starts to listen.
  ///
  /// @param openApi the description of the desk's API, JSON
  /// @throws ServerException if the address is taken, or the access log cannot be written
  /// @throws lazaret.mirror.config.ConfigException if the TLS files cannot be used
  public static Listener start(ServerParts parts, Bytes openApi) {
    return new Listener(parts, openApi);
  }

  private void start(InetSocketAddress address, Endpoint listen) {
    String why = probe(address);
    if (why == null) {
      server.start();
    }
    if (!server.isRunning()) {
      log.close();
      connections.close();
      throw new ServerException(
          "cannot listen on %s: %s; is another gate running there?"
              .formatted(listen, why == null ? "the server did not start" : why),
          null);
    }
  }

  /// Helidon logs why it cannot bind, and says nothing to its caller: so the address is tried
  /// first.
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
      MirrorConfig.Server wanted, InetSocketAddress address, Tls tls, Exchanges exchanges) {
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
        .maxTcpConnections(wanted.connections().max())
        .maxConcurrentRequests(MAX_REQUESTS)
        .idleConnectionTimeout(wanted.connections().idleTimeout())
        .idleConnectionPeriod(Duration.ofSeconds(15))
        .shutdownGracePeriod(wanted.connections().stopTimeout())
        .maxPayloadSize(DeskRoute.Body.BYTES.maxBytes())
        .connectionSelectors(
            Http2Protocol.selectors(http1(), wanted.http2(), exchanges.connections()::close))
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

  /// What Helidon answers by itself: requests that it cannot make sense of.
  private static DirectHandlers direct(Exchanges exchanges) {
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
          "cannot listen on " + listen + ": '" + listen.host() + "' is no address of this machine",
          e);
    }
  }

  private static Tls tls(MirrorConfig.@Nullable Tls files) {
    return files == null ? Tls.builder().enabled(false).build() : Certificates.load(files);
  }

  /// Returns where it listens, with the port that was chosen.
  public Endpoint listening() {
    return listening;
  }

  /// Returns the address that clients use, without a slash at the end.
  public String url() {
    return names.origin();
  }

  /// Stops: no new connections, requests under way finish within the grace period.
  @Override
  public void close() {
    health.stopping();
    server.stop();
    connections.close();
    log.close();
  }
}
