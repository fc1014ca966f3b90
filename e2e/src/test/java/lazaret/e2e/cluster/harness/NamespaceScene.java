package lazaret.e2e.cluster.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import lazaret.e2e.cluster.harness.ClusterNetwork.Link;
import lazaret.e2e.harness.Machine;
import lazaret.e2e.harness.Programs;
import lazaret.e2e.harness.WorkFolder;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ScriptedUpstream;
import lazaret.testkit.wire.TcpProxy;

/// Servers in network namespaces of their own. PostgreSQL, the object store and upstream are in the
/// namespace of the machine; the database is reached with TLS. The test is skipped if a program is
/// absent, or network namespaces are not permitted.
public final class NamespaceScene implements AutoCloseable {
  /// The port of each server, in its own namespace.
  private static final int PORT = 7080;

  /// Shows the writes that are refused because their lease was lost.
  private static final String LOGGING =
      """
      handlers = java.util.logging.ConsoleHandler
      java.util.logging.ConsoleHandler.level = ALL
      .level = INFO
      lazaret.vetting.gate.store.SharedFlight.level = FINE
      """;

  private final Deque<Runnable> ends;
  private final PostgresServer server;
  private final ClusterNetwork network;
  private final ClusterScene scene;
  private final Path certificate;
  private final Path logging;
  private final String endpoint;
  private final String index;

  /// @param ends receives what ends the parts that were started
  private NamespaceScene(Deque<Runnable> ends, FixtureRegistry registry) {
    this.ends = ends;
    server = PostgresServer.start();
    ends.push(server::close);
    network = ClusterNetwork.start();
    ends.push(network::close);
    Path folder = WorkFolder.folder("namespaces");
    certificate = certificate(folder, network.machine(Link.DATABASE));
    logging = written(folder.resolve("logging.properties"), LOGGING);
    listen(server, network, folder);
    scene = new ClusterScene(registry, ClusterScene.Places.of(server));
    ends.push(scene::close);
    endpoint = forwarded(Link.OBJECTS, scene.places().objects().port());
    ScriptedUpstream upstream = scene.upstream();
    index = forwarded(Link.CLIENTS, port(upstream.indexUrl())) + "/index/";
    upstream.dl(forwarded(Link.CLIENTS, port(upstream.artifactUrl())) + "/crates");
  }

  /// Starts all but the servers.
  public static NamespaceScene start(FixtureRegistry registry) {
    assumeTrue(Machine.program("openssl").isPresent(), "openssl is not installed");
    Deque<Runnable> ends = new ArrayDeque<>();
    try {
      return new NamespaceScene(ends, registry);
    } catch (RuntimeException | AssertionError e) {
      endAll(ends);
      throw e;
    }
  }

  private static Path written(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes the key and the certificate of the database, which signs itself.
  private static Path certificate(Path folder, String address) {
    Path file = folder.resolve("server.crt");
    Programs.run(
            Duration.ofMinutes(1),
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=" + address,
            "-addext",
            "subjectAltName=IP:" + address,
            "-keyout",
            folder.resolve("server.key").toString(),
            "-out",
            file.toString())
        .ok();
    return file;
  }

  /// Starts the database again, with TLS and the address of its link.
  private static void listen(PostgresServer server, ClusterNetwork network, Path folder) {
    String address = network.machine(Link.DATABASE);
    server.stop();
    server.configure(
        "listen_addresses = '127.0.0.1, " + address + "'",
        "ssl = on",
        "ssl_cert_file = 'server.crt'",
        "ssl_key_file = 'server.key'");
    try {
      for (String name : List.of("server.crt", "server.key")) {
        server.addPrivate(name, Files.readAllBytes(folder.resolve(name)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String access =
        """
        host all all 127.0.0.1/32 trust
        hostssl all all %s/26 trust
        """
            .formatted(address);
    server.addPrivate("pg_hba.conf", access.getBytes(UTF_8));
    server.begin();
  }

  private static int port(String url) {
    return URI.create(url).getPort();
  }

  /// Makes a port of loopback reachable over a link.
  ///
  /// @return scheme, host and port
  private String forwarded(Link link, int port) {
    String address = network.machine(link);
    TcpProxy proxy = TcpProxy.before(port, InetAddress.ofLiteral(address));
    ends.push(proxy::close);
    return "http://" + address + ':' + proxy.port();
  }

  /// Adds a server in a namespace of its own, which is not started yet.
  public SceneNode add(String node) {
    network.add(node);
    String listen = network.server(node, Link.CLIENTS) + ':' + PORT;
    String database = network.machine(Link.DATABASE) + ':' + server.address().port();
    return scene.addDirect(
        node,
        index,
        gate ->
            gate.under("ip", "netns", "exec", network.namespace(node))
                .argument("--listen", listen)
                .option("-Djava.util.logging.config.file=" + logging)
                .set("public-url", "http://" + listen)
                .set("fetch.timeout", "2m")
                .set("storage.postgres.hosts", database)
                .set("storage.postgres.tls", "true")
                .set("storage.postgres.ca-file", certificate.toString())
                .set("storage.s3.endpoint", endpoint));
  }

  /// Returns the network of the servers.
  public ClusterNetwork network() {
    return network;
  }

  /// Returns the upstream of all servers.
  public ScriptedUpstream upstream() {
    return scene.upstream();
  }

  /// Returns the texts in the first column of a query in the database of the store.
  public List<String> texts(String sql) {
    return server.texts(scene.settings().database(), sql);
  }

  private static void endAll(Deque<Runnable> ends) {
    Runnable next = ends.poll();
    if (next != null) {
      try {
        next.run();
      } finally {
        endAll(ends);
      }
    }
  }

  /// Kills the servers, and removes their namespaces.
  @Override
  public void close() {
    endAll(ends);
  }
}
