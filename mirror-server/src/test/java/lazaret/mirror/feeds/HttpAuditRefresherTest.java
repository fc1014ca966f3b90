package lazaret.mirror.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.vetting.MalformedException;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.audits.AuditImportOrder;
import lazaret.vetting.desk.audits.AuditRefresher;
import lazaret.vetting.desk.audits.AuditService;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.index.Validators;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpAuditRefresherTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);
  private static final String MANY = audits(10);

  private final InMemoryStore store = new InMemoryStore();
  private final AtomicReference<String> body = new AtomicReference<>(MANY);
  private final AtomicInteger status = new AtomicInteger(200);
  private final AtomicInteger unchanged = new AtomicInteger();
  private HttpServer server;
  private Desk desk;
  private AuditService audits;
  private HttpAuditRefresher refresh;

  private static String audits(int count) {
    StringBuilder text = new StringBuilder("[audits]\n");
    IntStream.range(0, count)
        .forEach(
            i ->
                text.append(
                    "[[audits.alpha]]\ncriteria = \"theirs\"\nversion = \"1.0.%d\"\n"
                        .formatted(i)));
    return "[criteria.theirs]\ndescription = \"read\"\n" + text;
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    desk = desk();
    audits = desk.audits();
    refresh = refresh(new MirrorConfig.Audits(Map.of(), Duration.ofDays(1), true));
  }

  private Desk desk() {
    GateContext parts =
        new GateContext(
            store,
            new OfflineUpstream(CLOCK),
            CurrentRulebook.of(Policy.DEFAULT),
            CLOCK,
            GateOptions.DEFAULT);
    return new Desk(parts, new Gate(parts));
  }

  private HttpAuditRefresher refresh(MirrorConfig.Audits plan) {
    return new HttpAuditRefresher(audits, plan, new FeedClient(UpstreamOptions.DEFAULTS, CLOCK));
  }

  @AfterEach
  void close() {
    server.stop(0);
    assertThat(desk.fsck().faults()).as("fsck after the test").isEmpty();
  }

  private String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/audits.toml";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String etag = "\"" + body.get().hashCode() + "\"";
    try (exchange) {
      if (status.get() != 200) {
        exchange.sendResponseHeaders(status.get(), -1);
      } else if (etag.equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
        unchanged.incrementAndGet();
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.getResponseHeaders().add("etag", etag);
        byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  private void fetch() {
    var map = new TreeMap<String, List<String>>();
    map.put("theirs", List.of("safe-to-run"));
    refresh.fetch(
        new AuditService.Followed(
            "peer", address(), new AuditImportOrder.Mapping(map, Set.of("beta")), Validators.NONE),
        false,
        "test");
  }

  private int entries() {
    return audits.list().getFirst().entries();
  }

  @Test
  void whatCameFromAnAddressIsAskedForAgainAndReadAsItWasReadBefore() {
    fetch();
    assertThat(entries()).isEqualTo(10);

    assertThat(refresh.now("test")).containsExactly(new AuditRefresher.Outcome.Unchanged("peer"));
    assertThat(unchanged).hasValue(1);

    body.set(audits(12));
    assertThat(refresh.now("test"))
        .singleElement()
        .isInstanceOfSatisfying(
            AuditRefresher.Outcome.Updated.class,
            taken -> assertThat(taken.audits().entries()).isEqualTo(12));
  }

  @Test
  void whatFailsOrIsEmptiedReplacesNothing() {
    fetch();
    for (String bad : List.of("[audits]\n", audits(4), "<html>", "")) {
      body.set(bad);
      assertThat(refresh.now("test").getFirst()).isInstanceOf(AuditRefresher.Outcome.Failed.class);
      assertThat(entries()).isEqualTo(10);
    }
    status.set(404);
    assertThat(refresh.now("test"))
        .containsExactly(new AuditRefresher.Outcome.Failed("peer", "its source returned 404"));
    assertThat(audits.failures()).containsOnlyKeys("peer");

    assertThat(desk().audits().list().getFirst().entries()).as("after a restart").isEqualTo(10);
    status.set(200);
    body.set(MANY);
    refresh.now("test");
    assertThat(audits.failures()).isEmpty();
  }

  @Test
  void theConfigurationNamesPeersToo() {
    refresh =
        refresh(
            new MirrorConfig.Audits(
                Map.of("named", URI.create(address())), Duration.ofDays(1), true));

    assertThat(refresh.now("test")).hasSize(1);

    assertThat(audits.list().getFirst().peer()).isEqualTo("named");
    assertThat(audits.followed()).hasSize(1);
  }

  @Test
  void nothingIsAskedOffline() {
    fetch();
    refresh = refresh(new MirrorConfig.Audits(Map.of(), Duration.ofDays(1), false));

    assertThat(refresh.now("test")).isEmpty();
    assertThat(unchanged).hasValue(0);
  }

  @Test
  void anImportThatCannotBeHadIsRefused() {
    status.set(500);

    assertThatThrownBy(this::fetch)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("cannot fetch the audits from");
    assertThat(audits.list()).isEmpty();
  }
}
