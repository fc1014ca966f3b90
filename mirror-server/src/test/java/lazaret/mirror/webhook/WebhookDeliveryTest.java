package lazaret.mirror.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.mirror.TestGate;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.WebhookEvents;
import lazaret.testkit.ManualClock;
import lazaret.vetting.LazaretException;
import lazaret.vetting.gate.fixture.InMemoryStore;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.LedgerEntry;
import lazaret.vetting.ledger.Notice;
import lazaret.vetting.origin.NameOrigin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDeliveryTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private record Message(
      String event, String delivery, String timestamp, String signature, String body) {}

  @TempDir private Path folder;
  private final ManualClock clock = new ManualClock(TestGate.START);
  private final Store store = new InMemoryStore();
  private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private HttpServer server;
  private boolean privateNames = true;
  private @Nullable WebhookDelivery webhooks;

  WebhookDeliveryTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  @BeforeEach
  void listen() throws IOException {
    Files.writeString(folder.resolve("secret"), SECRET + "\n");
    server.createContext("/", this::take);
    server.start();
  }

  @AfterEach
  void stop() {
    if (webhooks != null) {
      webhooks.close();
    }
    server.stop(0);
    store.close();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    var headers = exchange.getRequestHeaders();
    received.add(
        new Message(
            headers.getFirst("x-lazaret-event"),
            headers.getFirst("x-lazaret-delivery"),
            headers.getFirst("x-lazaret-timestamp"),
            headers.getFirst("x-lazaret-signature"),
            body));
    if (status.get() / 100 == 3) {
      exchange.getResponseHeaders().add("location", "/elsewhere");
    }
    exchange.sendResponseHeaders(status.get(), -1);
    exchange.close();
  }

  private WebhookDelivery start(WebhookEvents which, List<String> privateHosts, Duration giveUp) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=hidden");
    WebhookDelivery started =
        new WebhookDelivery(
            store,
            new MirrorConfig.Webhooks(
                List.of(url), folder.resolve("secret"), which, privateHosts, privateNames, giveUp),
            name -> name.published().startsWith("acme-") ? NameOrigin.PRIVATE : NameOrigin.PUBLIC,
            clock);
    started.start();
    webhooks = started;
    return started;
  }

  private void happens(Notice.Kind kind, String detail) {
    Notice notice = new Notice(kind, clock.instant(), "test", null, null, detail);
    store.commit(Batch.synced(List.of(new Batch.Write.Append(notice))));
  }

  private Message next() throws InterruptedException {
    Message message = received.poll(30, TimeUnit.SECONDS);
    assertThat(message).as("a message within 30 s").isNotNull();
    return message;
  }

  private void awaitPosition() throws InterruptedException {
    for (int i = 0; i < 3_000 && positions() == 0; i++) {
      Thread.sleep(10);
    }
    assertThat(positions()).isEqualTo(1);
  }

  private long positions() {
    String place = "webhook.";
    return Stream.of(url())
        .map(u -> lazaret.vetting.crates.Sha256.of(lazaret.vetting.Bytes.utf8(u)).hex())
        .filter(hex -> store.meta(place + hex.substring(0, 16)).isPresent())
        .count();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=hidden";
  }

  @Test
  void alarmArrivesSignedAndInTheFormOfTheApi() throws Exception {
    happens(Notice.Kind.WRONG_BYTES, "before the hook was configured");
    start(WebhookEvents.ALARMS, List.of("127.0.0.1"), Duration.ofHours(1));
    awaitPosition();
    happens(Notice.Kind.TOKEN_CREATED, "not an alarm");
    happens(Notice.Kind.YANK_WAVE, "arrayref");

    Message message = next();

    assertThat(message.event()).isEqualTo("yank-wave");
    assertThat(message.delivery()).isEqualTo("3");
    assertThat(message.timestamp()).isEqualTo(Long.toString(TestGate.START.getEpochSecond()));
    var json = new ObjectMapper().readTree(message.body());
    assertThat(json.at("/sequence").asLong()).isEqualTo(3);
    assertThat(json.at("/notice/detail").asText()).isEqualTo("arrayref");
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed =
        mac.doFinal((message.timestamp() + "." + message.body()).getBytes(StandardCharsets.UTF_8));
    assertThat(message.signature()).isEqualTo("sha256=" + HexFormat.of().formatHex(signed));
  }

  @Test
  void privateNameIsSentUnlessTheSettingsForbidIt() throws Exception {
    start(WebhookEvents.ALL, List.of("127.0.0.1"), Duration.ofHours(1));
    awaitPosition();
    happens(Notice.Kind.TOKEN_CREATED, "for acme-core");

    assertThat(next().body()).contains("for acme-core");
  }

  @Test
  void eventWithAPrivateNameHasItsKindAloneIfTheSettingsSaySo() throws Exception {
    privateNames = false;
    start(WebhookEvents.ALL, List.of("127.0.0.1"), Duration.ofHours(1));
    awaitPosition();
    happens(Notice.Kind.YANK_WAVE, "two lines:\nacme-core");
    happens(Notice.Kind.YANK_WAVE, "serde");

    Message shortened = next();
    assertThat(shortened.event()).isEqualTo("yank-wave");
    assertThat(shortened.body()).doesNotContain("acme").doesNotContain("two lines");
    var json = new ObjectMapper().readTree(shortened.body());
    assertThat(json.at("/sequence").asLong()).isEqualTo(1);
    assertThat(json.at("/notice/kind").asText()).isEqualTo("yank-wave");
    assertThat(json.at("/notice/alarm").asBoolean()).isTrue();
    assertThat(next().body()).contains("serde");
  }

  @Test
  void settledRequestIsSentWithTheDecisions() throws Exception {
    start(WebhookEvents.DECISIONS, List.of("127.0.0.1"), Duration.ofHours(1));
    awaitPosition();
    happens(Notice.Kind.REQUEST_MADE, "needed");
    happens(Notice.Kind.REQUEST_SETTLED, "denied by ann: leaks; asked by bob");

    Message message = next();

    assertThat(message.event()).isEqualTo("request-settled");
    assertThat(message.delivery()).isEqualTo("2");
  }

  @Test
  void failedDeliveryIsRepeatedAlsoAfterRestartAndInOrder() throws Exception {
    start(WebhookEvents.ALL, List.of("127.0.0.1"), Duration.ofHours(1));
    awaitPosition();
    status.set(500);
    happens(Notice.Kind.TOKEN_CREATED, "one");
    happens(Notice.Kind.TOKEN_CREATED, "two");
    assertThat(next().delivery()).isEqualTo("1");
    if (webhooks != null) {
      webhooks.close();
    }
    received.clear();
    status.set(200);
    WebhookDelivery again = start(WebhookEvents.ALL, List.of("127.0.0.1"), Duration.ofHours(1));

    Message message = next();
    assertThat(message.delivery()).isEqualTo("1");
    // The first process may have repeated it before it ended.
    while (message.delivery().equals("1")) {
      message = next();
    }
    assertThat(message.delivery()).isEqualTo("2");
    for (int i = 0; i < 3_000 && again.taken() < 2; i++) {
      Thread.sleep(10);
    }
    assertThat(again.taken()).isEqualTo(2);
  }

  @Test
  void redirectIsNotFollowedAndTheEventIsSkippedWithAnAlarmInTheEnd() throws Exception {
    start(WebhookEvents.ALARMS, List.of("127.0.0.1"), Duration.ZERO);
    awaitPosition();
    status.set(307);
    happens(Notice.Kind.WRONG_BYTES, "bytes");

    assertThat(next().delivery()).isEqualTo("1");
    assertThat(next().event()).as("the alarm of skipping").isEqualTo("webhook-gave-up");
    LedgerEntry head = store.ledgerHead().orElseThrow();
    assertThat(((Notice) head.event()).detail())
        .contains("ledger entry 1", "redirects")
        .doesNotContain("hidden");
  }

  @Test
  void privateAddressThatIsNotListedIsNotConnectedTo() throws Exception {
    start(WebhookEvents.ALARMS, List.of(), Duration.ZERO);
    awaitPosition();
    happens(Notice.Kind.WRONG_BYTES, "bytes");

    for (int i = 0; i < 3_000 && store.ledgerHead().orElseThrow().sequence() < 2; i++) {
      Thread.sleep(10);
    }

    Notice notice = (Notice) store.ledgerHead().orElseThrow().event();
    assertThat(notice.kind()).isEqualTo(Notice.Kind.WEBHOOK_GAVE_UP);
    assertThat(notice.detail()).contains("private address 127.0.0.1");
    assertThat(received).isEmpty();
  }

  @Test
  void secretThatIsTooShortStopsTheStart() throws Exception {
    Files.writeString(folder.resolve("secret"), "short\n");
    assertThatThrownBy(() -> start(WebhookEvents.ALL, List.of(), Duration.ofHours(1)))
        .isInstanceOf(LazaretException.class)
        .hasMessageContaining("16 to 4096")
        .hasMessageNotContaining("short\n");
  }
}
