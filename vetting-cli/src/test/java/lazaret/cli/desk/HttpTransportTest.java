package lazaret.cli.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.GoldenFiles;
import lazaret.cli.fixture.LockfileTexts;
import lazaret.cli.report.ExitCode;
import lazaret.cli.report.TerminalCapabilities;
import lazaret.mirror.http.Challenge;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.desk.access.TokenService;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.deskapi.feeds.FeedAgeInfo;
import lazaret.vetting.deskapi.feeds.FeedStateInfo;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.deskapi.store.DiskInfo;
import lazaret.vetting.deskapi.store.PolicySummaryInfo;
import lazaret.vetting.deskapi.store.RemovalStatusInfo;
import lazaret.vetting.deskapi.store.StatusReply;
import lazaret.vetting.deskapi.store.StoreStateInfo;
import lazaret.vetting.text.KebabCase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The treatment of arbitrary replies of a server.
class HttpTransportTest {
  private static final String FILE = "lzr_" + "f".repeat(64);
  private static final String VARIABLE = "lzr_" + "a".repeat(64);

  @TempDir Path folder;

  private HttpServer server = start();
  private CliFixture cli = new CliFixture(Path.of(""), Clock.systemUTC());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Wait before = () -> {};
  private volatile int status = 200;
  private volatile String body = "{}";
  private volatile String asked = "";
  private volatile String authorization = "";

  /// The hash of the token that the server accepts.
  private volatile Sha256 known = TokenService.hashOf(FILE);

  private interface Wait {
    void run() throws InterruptedException;
  }

  private static HttpServer start() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void serve() {
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(Challenge.PATH)) {
            Challenge challenge = Challenge.parse(exchange.getRequestURI().getRawQuery());
            answer(exchange, 200, "{\"proof\":\"" + challenge.proof(known) + "\"}");
            return;
          }
          try {
            before.run();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          asked = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          String header = exchange.getRequestHeaders().getFirst("Authorization");
          authorization = header == null ? "" : header;
          answer(exchange, status, body);
        });
    server.setExecutor(threads);
    server.start();
    cli = new CliFixture(folder, Clock.systemUTC());
    cli.environment.put("LAZARET_SERVER", url());
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.close();
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void everyErrorOfAServerEndsWithItsExitCode(ErrorCode code) {
    status = 400;
    body = "{\"errors\":[{\"code\":\"%s\",\"detail\":\"because\"}]}".formatted(code.code());

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isEqualTo(ExitCode.of(code).code());
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("error: cannot read the status: because\n");
  }

  /// The server replies after two requests for the completed share, because the first one is
  /// printed then.
  @ParameterizedTest
  @CsvSource({
    "fsck, 'fsck', 'checking the store'",
    "backup, 'backup copy', 'copying the store'",
    "import, 'bundle import medium', 'importing the bundle'",
    "export, 'bundle export medium --keys keys', 'writing the bundle'",
    "detonation, 'detonate alpha@1.0.0 --at-gate', 'detonating alpha@1.0.0'"
  })
  void aLongOperationShowsOnATerminalHowMuchOfItIsDone(
      String operation, String words, String what) {
    Semaphore polls = new Semaphore(0);
    server.createContext(
        "/desk/v1/operations",
        exchange -> {
          polls.release();
          answer(
              exchange,
              200,
              """
              {"operations": [{"name": "%s", "phase": "artifacts", "done": 1, "total": 4,
              "unit": "artifacts"},
              {"name": "other", "phase": "crates", "done": 1, "total": 2}]}
              """
                  .formatted(operation));
        });
    before = () -> polls.acquire(2);
    body = "{\"errors\":[{\"code\":\"store-failed\",\"detail\":\"because\"}]}";
    status = 500;
    cli.looks = new TerminalCapabilities(false, false, false, true, 100);

    CliFixture.Ran ran = cli.run(words.split(" "));

    assertThat(ran.err())
        .contains("\r" + what + ", 0 s", "\r" + what + ": artifacts 25 %, ", "\r\u001b[Kerror: ");
    cli.looks = TerminalCapabilities.PIPE;
    polls.release(2);
    assertThat(cli.run(words.split(" ")).err()).startsWith("error: ");
    polls.drainPermits();
    assertThat(cli.run((words + " --progress json").split(" ")).err())
        .startsWith(
            "{\"state\":\"running\",\"phase\":\"artifacts\",\"done\":1,\"total\":4,"
                + "\"unit\":\"artifacts\",\"percent\":25}\n")
        .contains("{\"state\":\"failed\",\"phase\":\"artifacts\"");
  }

  /// If a body was sent, the JDK does not return the body of a 401.
  @Test
  void aTokenThatDoesNotWorkIsReportedByEveryVerb() {
    status = 401;
    body = "{\"errors\": [{\"code\": \"unauthenticated\", \"detail\": \"it needs a token\"}]}";
    cli.write("Cargo.lock", LockfileTexts.of());

    for (String verb : List.of("verify", "status")) {
      CliFixture.Ran ran = cli.run(verb);
      assertThat(ran.exit()).as(verb).isEqualTo(2);
      assertThat(ran.err()).as(verb).contains("token", "--token-file FILE or LAZARET_TOKEN");
    }
  }

  /// The next step depends only on the code, because the text may change.
  @Test
  void missingBytesGiveNoAdviceOnSpelling() {
    status = 404;
    body = "{\"errors\": [{\"code\": \"bytes-missing\", \"detail\": \"snapshot 1 lacks them\"}]}";
    assertThat(cli.run("show", "alpha@1.0.0").err())
        .isEqualTo(
            """
            error: cannot show alpha@1.0.0: snapshot 1 lacks them
              'vetting-cli why NAME@VERSION' shows why the bytes are missing
            """);

    body = "{\"errors\": [{\"code\": \"unknown\", \"detail\": \"it has none of its bytes\"}]}";
    assertThat(cli.run("show", "alpha@1.0.0").err()).contains("check the spelling");
  }

  @Test
  void withJsonAFailureIsADocumentToo() {
    status = 409;
    body =
        "{\"errors\":[{\"code\":\"stale\",\"detail\":\"old\",\"name\":\"a\",\"version\":\"1.0.0\"}]}";

    CliFixture.Ran ran = cli.run("status", "--json");

    assertThat(ran.exit()).isEqualTo(6);
    GoldenFiles.hold("error-json", ran.out());
  }

  @Test
  void controlCharactersOfAServerReachNoTerminal() {
    status = 404;
    body = "{\"errors\":[{\"code\":\"unknown\",\"detail\":\"\\u001b[2Jgone\\u202e\\r\\nfine\"}]}";
    cli.looks = new TerminalCapabilities(true, true, true, true, 80);

    CliFixture.Ran ran = cli.run("why", "alpha@1.0.0");

    assertThat(ran.err()).contains("?[2Jgone?? fine").doesNotContain("\u001b", "\u202e", "\r");
  }

  @Test
  void controlCharactersInAnAnswerReachNoTerminal() {
    body = status("1\nroom 0", "\u001b]0;owned\u0007", feeds("fresh", 1, 2));

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.out()).contains("?]0;owned?").doesNotContain("\u001b", "\u0007", "\nroom 0");
  }

  @ParameterizedTest
  @CsvSource({
    "fresh, 604800, 7776000, ; they warn after 7 days and stop after 90 days",
    "old, 43200, 86400, ; they warn after 12h and stop after 1 day",
    "old, 0, 86400, ; they warn at once and stop after 1 day",
    "fresh, 86400, 86400, ; they stop after 1 day",
    "none, 604800, 7776000, ''"
  })
  void statusTellsWhenFeedsWarnWhereThereIsSomethingToWarnOf(
      String state, long warn, long stop, String limits) {
    body = status("0.1.0", "a folder", feeds(state, warn, stop));

    assertThat(cli.run("status").out())
        .containsPattern("(?m)^feeds +" + state + ": as it is" + limits + "$");
  }

  private static FeedStateInfo feeds(String state, long warn, long stop) {
    return new FeedStateInfo(
        KebabCase.parse(FeedAgeInfo.State.class, state).orElseThrow(),
        "as it is",
        null,
        warn,
        stop,
        List.of(),
        List.of());
  }

  private static String status(String version, String upstream, FeedStateInfo feeds) {
    return DeskJson.encode(
            new StatusReply(
                version,
                Instant.EPOCH,
                upstream,
                new PolicySummaryInfo(PolicyReply.Mode.ENFORCE, true, "7d", "14d"),
                1,
                1,
                0,
                0,
                new DiskInfo(1, 2, true),
                new StoreStateInfo(List.of(), false),
                feeds,
                List.of(),
                null,
                new RemovalStatusInfo(0, null),
                List.of()))
        .text();
  }

  @Test
  void aServerThatIsNoDeskIsThree() {
    body = "<html>hello";

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err()).contains("expected that of a desk, found status 200 and '<html>hello'");
  }

  @Test
  void aRedirectIsNotFollowed() {
    status = 302;
    body = "{}";

    assertThat(cli.run("status").exit()).isEqualTo(3);
  }

  @Test
  void aServerThatIsDownIsThreeAndTheCureIsNamed() {
    server.stop(0);

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains("the gate at " + url() + " does not answer")
        .contains("start the server (systemctl start lazaret");
  }

  @Test
  void aFileOfAuthoritiesThatIsNoneIsUsage() {
    cli.environment.put("SSL_CERT_FILE", cli.write("ca.pem", "nothing").toString());

    CliFixture.Ran ran = cli.run("status", "--server", "https://localhost:1");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot read the certificates of SSL_CERT_FILE");
  }

  @Test
  void anAddressThatIsNoneIsUsage() {
    CliFixture.Ran ran = cli.run("status", "--server", "ftp://x");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err()).contains("cannot use the server 'ftp://x'");
  }

  @Test
  void optionsOfTheProgramStandBeforeOrAfterTheVerb() {
    cli.run("--server", url() + "/", "show", "alpha", "--json");

    assertThat(asked).isEqualTo("GET /desk/v1/crates/alpha");
  }

  @Test
  void theTokenComesFromTheFileBeforeTheVariable() {
    cli.write("token", FILE + "\n");
    cli.environment.put("LAZARET_TOKEN", VARIABLE);

    cli.run("status", "--token-file", "token");
    assertThat(authorization).isEqualTo("Bearer " + FILE);

    known = TokenService.hashOf(VARIABLE);
    cli.run("status");
    assertThat(authorization).isEqualTo("Bearer " + VARIABLE);
  }

  @Test
  void aTokenFileWithTwoLinesIsRefused() {
    cli.write("token", "a\nHost: b");

    CliFixture.Ran ran = cli.run("status", "--token-file", "token");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains("expected one line of printable ASCII")
        .doesNotContain("Host: b");
    assertThat(cli.run("status", "--token-file", "nothing").err()).contains("no such file");
  }

  @Test
  void theTokenOfTheDataFolderIsSentToNoOtherAddress() {
    cli.write("home/.local/share/lazaret/admin-token", FILE + "\n");

    cli.run("status");

    assertThat(authorization).isEmpty();
  }

  @Test
  void aTokenThatIsNoneOfAGateIsNotSentWithoutTls() {
    cli.environment.put("LAZARET_TOKEN", "ghp_of-another-service");

    CliFixture.Ran ran = cli.run("status");

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "cannot send the token",
            "without TLS",
            "the token came from environment variable LAZARET_TOKEN")
        .doesNotContain("ghp_");
    assertThat(asked).isEmpty();
  }

  @Test
  void aVersionWithBuildMetadataIsEncoded() {
    cli.run("why", "alpha@1.0.0+a.b");

    assertThat(asked).isEqualTo("GET /desk/v1/crates/alpha/1.0.0%2Ba.b");
  }
}
