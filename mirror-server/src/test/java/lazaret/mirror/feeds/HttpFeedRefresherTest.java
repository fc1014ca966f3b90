package lazaret.mirror.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.advisory.FeedFormat;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.CurrentRulebook;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.context.GateOptions;
import lazaret.vetting.gate.feeds.FeedLocation;
import lazaret.vetting.gate.feeds.FeedService;
import lazaret.vetting.gate.feeds.FeedUpdateReport;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.policy.Policy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpFeedRefresherTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final String LIST =
      """
      {"id": "MAL-2026-1", "modified": "2026-11-20T00:00:00Z", "affected": [
        {"package": {"ecosystem": "crates.io", "name": "alpha"}}]}
      """;

  private final AtomicReference<Instant> time = new AtomicReference<>(NOW);
  private final InMemoryStore store = new InMemoryStore();
  private final CurrentRulebook rules = CurrentRulebook.of(Policy.DEFAULT);
  private final AtomicReference<String> body = new AtomicReference<>(LIST);
  private final AtomicReference<String> redirect = new AtomicReference<>("");
  private final AtomicInteger unchanged = new AtomicInteger();
  private HttpServer server;
  private Desk desk;
  private FeedService feeds;
  private HttpFeedRefresher refresh;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    Clock clock =
        new Clock() {
          @Override
          public Instant instant() {
            return time.get();
          }

          @Override
          public ZoneOffset getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }
        };
    GateContext parts =
        new GateContext(store, new OfflineUpstream(clock), rules, clock, GateOptions.DEFAULT);
    desk = new Desk(parts, new Gate(parts));
    feeds = desk.feeds();
    URI place = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/all.json");
    refresh =
        new HttpFeedRefresher(
            feeds,
            new MirrorConfig.Feeds(
                List.of(new FeedLocation("osv", FeedFormat.OSV, place)), Duration.ofHours(6)),
            new FeedClient(UpstreamOptions.DEFAULTS, clock),
            clock);
  }

  @AfterEach
  void close() {
    server.stop(0);
    assertThat(desk.fsck().faults()).as("fsck after the test").isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!redirect.get().isEmpty()) {
        exchange.getResponseHeaders().add("location", redirect.get());
        exchange.sendResponseHeaders(302, -1);
      } else if ("\"1\"".equals(exchange.getRequestHeaders().getFirst("if-none-match"))) {
        unchanged.incrementAndGet();
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.getResponseHeaders().add("etag", "\"1\"");
        byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Test
  void takesAFeedAndAsksWithItsTagFromThenOn() {
    assertThat(refresh.now("test")).allMatch(FeedUpdateReport.Accepted.class::isInstance);
    assertThat(feeds.advisories().find("mal-2026-1")).hasSize(1);
    time.set(NOW.plus(Duration.ofDays(8)));
    assertThat(feeds.age().state()).isEqualTo(FeedAge.State.OLD);

    assertThat(refresh.now("test")).allMatch(FeedUpdateReport.Accepted.class::isInstance);

    assertThat(unchanged).hasValue(1);
    assertThat(feeds.age().state()).isEqualTo(FeedAge.State.FRESH);
    assertThat(store.feeds().getFirst().feed().info().asOf()).isEqualTo(time.get());
  }

  @Test
  void keepsWhatIsHeldWhereTheSourceFails() {
    refresh.now("test");
    body.set("<html>");
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(404, -1);
          }
        });

    assertThat(refresh.now("test"))
        .containsExactly(new FeedUpdateReport.Refused("osv", "its source returned 404"));

    assertThat(feeds.failing()).containsExactly("osv");
    assertThat(feeds.advisories().find("MAL-2026-1")).hasSize(1);
  }

  @Test
  void aFeedOnADiskIsAsOldAsItsNewestRecord(@TempDir Path folder) throws IOException {
    Path old = Files.writeString(folder.resolve("1.json"), LIST);
    Path newer = Files.writeString(folder.resolve("2.json"), LIST.replace("2026-1", "2026-2"));
    Files.setLastModifiedTime(old, FileTime.from(NOW.minus(Duration.ofDays(200))));
    Files.setLastModifiedTime(newer, FileTime.from(NOW.minus(Duration.ofDays(100))));
    FeedLocation place = new FeedLocation("osv", FeedFormat.OSV, folder.toUri());

    assertThat(refresh.refresh(place, "test")).isInstanceOf(FeedUpdateReport.Accepted.class);

    assertThat(feeds.age().state()).isEqualTo(FeedAge.State.STALE);
    assertThat(feeds.age().age()).isEqualTo(Duration.ofDays(100));
    assertThat(feeds.advisories().find("MAL-2026-2")).hasSize(1);
  }

  @Test
  void followsNoRedirectToAFileOrAPrivatePlace() {
    for (String bad : List.of("file:///etc/passwd", "http://10.0.0.1/x")) {
      redirect.set(bad);
      assertThat(refresh.now("test").getFirst())
          .isInstanceOfSatisfying(
              FeedUpdateReport.Refused.class,
              r -> assertThat(r.why()).contains("redirect refused"));
    }
    assertThat(feeds.stored()).isEmpty();
  }

  @Test
  void putsWhatTheStoreHoldsInForceAtTheNextStart() {
    refresh.now("test");
    CurrentRulebook next = CurrentRulebook.of(Policy.DEFAULT);

    FeedService.load(store, next);

    assertThat(next.current().advisories().find("MAL-2026-1"))
        .isEqualTo(feeds.advisories().find("MAL-2026-1"))
        .hasSize(1);
  }
}
