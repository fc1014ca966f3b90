package lazaret.cli.verbs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import lazaret.bundle.service.SnapshotBundleService;
import lazaret.mirror.deskapi.DeskApi;
import lazaret.mirror.deskapi.DeskRequest;
import lazaret.mirror.deskapi.DeskResponse;
import lazaret.mirror.feeds.HttpAuditRefresher;
import lazaret.mirror.feeds.HttpFeedRefresher;
import lazaret.mirror.feeds.Refreshes;
import lazaret.mirror.http.Challenge;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.upstream.MeteredUpstream;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.Upstreams;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.ManualClock;
import lazaret.testkit.ScriptedUpstream;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.snapshots.BundleService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gate.store.Token;
import lazaret.vetting.index.RegistryConfig;
import lazaret.vetting.policy.Policy;
import org.jspecify.annotations.Nullable;

/// A gate with its desk behind a socket, over a store in memory and a scripted upstream. The socket
/// is the JDK's: what a real server adds is tested where the real server is. At the end of a test
/// fsck finds no fault of the store.
final class Gatehouse implements AutoCloseable {
  static final Instant START = Instant.parse("2026-11-24T12:00:00Z");

  final FixtureRegistry registry = new FixtureRegistry();
  final ScriptedUpstream upstream = ScriptedUpstream.start(registry);
  final ManualClock clock = new ManualClock(START);
  final Store store = new InMemoryStore();
  final CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
  final String secret;

  private final MeteredUpstream client;
  private final Gate gate;
  private final Desk desk;
  private final DeskApi api;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private boolean authRequired;
  private @Nullable SocketFront front;
  private String unchecked = "";

  Gatehouse() {
    client = Upstreams.open(upstream.indexUrl(), UpstreamOptions.DEFAULTS, clock);
    GateContext parts = new GateContext(store, client, rules, clock, GateOptions.DEFAULT);
    gate = new Gate(parts);
    desk = new Desk(parts, gate);
    HttpFeedRefresher refresh =
        new HttpFeedRefresher(
            desk.feeds(),
            new HttpFeedRefresher.Schedule(List.of(), Duration.ofHours(6)),
            new FeedClient(UpstreamOptions.DEFAULTS, clock),
            clock);
    HttpAuditRefresher audits =
        new HttpAuditRefresher(
            desk.audits(),
            new HttpAuditRefresher.Schedule(Map.of(), Duration.ofDays(1), true),
            new FeedClient(UpstreamOptions.DEFAULTS, clock));
    BundleService freight =
        new SnapshotBundleService.Opener()
            .open(
                desk.snapshots(),
                new BundleService.BundleSettings(
                    Path.of("").toAbsolutePath(), List.of(), List.of(), Duration.ZERO),
                clock);
    api = new DeskApi(desk, new Refreshes(refresh, audits), Optional.of(freight), "0.1.0");
    secret = desk.tokens().create("admin", EnumSet.of(Token.Scope.ADMIN), null, "test").secret();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Desk desk() {
    return desk;
  }

  /// Publishes a version of the given age in days.
  CrateId publish(CrateBuilder crate, int daysOld) {
    registry.publish(crate, line -> line.pubtime(START.minus(Duration.ofDays(daysOld))));
    return crate.id();
  }

  CrateId publish(String name, String version, int daysOld) {
    return publish(CrateBuilder.crate(name, version), daysOld);
  }

  /// Makes the index require a token.
  void requireTokens() {
    authRequired = true;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      DeskResponse response =
          switch (path) {
            case "/index/config.json" -> config(exchange);
            case Challenge.PATH -> proof(exchange);
            default -> desk(exchange, path);
          };
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      if (response.retryAfter() != null) {
        exchange
            .getResponseHeaders()
            .set("Retry-After", String.valueOf(response.retryAfter().toSeconds()));
      }
      exchange.sendResponseHeaders(response.status(), response.body().length());
      response.body().writeTo(exchange.getResponseBody());
    }
  }

  private DeskResponse proof(HttpExchange exchange) {
    Challenge challenge = Challenge.parse(exchange.getRequestURI().getRawQuery());
    if (!challenge.peer().equals(Challenge.numeric(exchange.getLocalAddress()))) {
      return DeskResponse.error(ErrorCode.WRONG_HOST, "another address");
    }
    return desk.tokens()
        .identified(challenge.token())
        .map(token -> challenge.proof(token.secretHash()))
        .map(proof -> new DeskResponse(200, Bytes.utf8("{\"proof\":\"" + proof + "\"}"), null))
        .orElseGet(
            () ->
                DeskResponse.error(
                    ErrorCode.UNAUTHENTICATED, desk.tokens().rejectionOf(challenge.token())));
  }

  private DeskResponse config(HttpExchange exchange) {
    if (authRequired && caller(exchange).isEmpty()) {
      return DeskResponse.error(ErrorCode.UNAUTHENTICATED, "the index wants a token");
    }
    RegistryConfig config =
        new RegistryConfig(url() + "/dl/{crate}/{version}/{sha256-checksum}", url(), authRequired);
    return new DeskResponse(200, config.toJson(), null);
  }

  private DeskResponse desk(HttpExchange exchange, String path) throws IOException {
    Optional<Token> caller = caller(exchange);
    if (caller.isEmpty()) {
      String header = exchange.getRequestHeaders().getFirst("Authorization");
      return DeskResponse.error(
          ErrorCode.UNAUTHENTICATED,
          header == null ? "the desk needs a token" : desk.tokens().rejection(header));
    }
    String query = exchange.getRequestURI().getRawQuery();
    return api.handle(
        new DeskRequest(
            exchange.getRequestMethod(),
            path,
            query == null ? "" : query,
            Bytes.of(exchange.getRequestBody().readAllBytes()),
            caller.get(),
            "127.0.0.1"));
  }

  private Optional<Token> caller(HttpExchange exchange) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    return header == null ? Optional.empty() : desk.tokens().authenticate(header);
  }

  /// Opens a Unix socket in front of the server at the first call.
  Path socket(Path folder) {
    Path path = folder.resolve("gate.sock");
    if (front == null) {
      front = SocketFront.open(path, server.getAddress());
    }
    return path;
  }

  void stopServer() {
    server.stop(0);
  }

  /// Leaves out the check of the store when this closes.
  ///
  /// @param reason what the test does to the store
  void withoutFsck(String reason) {
    unchecked = reason;
  }

  /// Closes the gate and what is in front of it.
  ///
  /// @throws AssertionError if fsck finds a fault of the store
  @Override
  public void close() {
    server.stop(0);
    if (front != null) {
      front.close();
    }
    threads.close();
    try {
      if (unchecked.isEmpty()) {
        assertThat(desk.fsck().faults()).as("fsck after the test").isEmpty();
      }
    } finally {
      gate.close();
      client.close();
      store.close();
      upstream.close();
    }
  }
}
