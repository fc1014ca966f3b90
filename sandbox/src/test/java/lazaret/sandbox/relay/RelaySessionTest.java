package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lazaret.sandbox.SandboxException;
import lazaret.sandbox.Violation;
import lazaret.sandbox.Violation.Kind;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelaySessionTest {
  private static final String SHA = "0123456789abcdef".repeat(4);
  private static final String SERDE = "/dl/serde/1.0.9/" + SHA;
  private static final RelayScope CLOSURE =
      RelayScope.closure(List.of(new LockedArtifact("serde", "1.0.9", SHA)));

  @TempDir Path parent;
  private RecordingGate gate;
  private RelaySession session;

  @BeforeEach
  void open() throws IOException {
    gate = new RecordingGate();
    session = session(RelayLimits.DEFAULTS);
  }

  @AfterEach
  void close() {
    session.close();
    gate.close();
  }

  private RelaySession session(RelayLimits limits) {
    GateEndpoint outside = new GateEndpoint(gate.url(), Optional.of("s3cret"), Optional.empty());
    return RelaySession.open(parent, new RelaySession.Terms(outside, CLOSURE, limits));
  }

  private String asked(String target) throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      client.get(target);
      return client.answer();
    }
  }

  private static RelayLimits brief(int connections, int requests, long answerBytes) {
    Duration soon = Duration.ofMillis(100);
    return new RelayLimits(
        connections, requests, 1_000, soon, soon, soon, Duration.ofSeconds(30), answerBytes);
  }

  @Test
  void folderAndSocketAreItsUsersAlone() throws IOException {
    Path socket = session.folder().resolve(RelaySession.SOCKET);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session.folder())))
        .isEqualTo("rwx------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");

    session.close();

    assertThat(session.folder()).doesNotExist();
  }

  @Test
  void folderIsGoneWhereTheProcessIsToldToEnd() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SessionHolder.class.getName(),
                parent.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Path folder = Path.of(holder.inputReader().readLine());
    assertThat(folder.resolve(RelaySession.SOCKET)).exists();

    // The signal of Ctrl-C and of service managers.
    holder.destroy();

    assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(folder).doesNotExist();
  }

  @Test
  void configIsAnsweredHereAndNamesTheOneHost() throws IOException {
    assertThat(asked("/index/config.json"))
        .startsWith("HTTP/1.1 200 \r\n")
        .endsWith("{\"dl\":\"http://gate.invalid/dl/{crate}/{version}/{sha256-checksum}\"}");
    assertThat(gate.requests).isEmpty();
  }

  @Test
  void requestsPackagesWithTheTokenAndWithoutClientHeaders() throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      client.get("/index/se/rd/serde", "User-Agent: x");
      String index = client.answer();
      client.get(SERDE);
      String artifact = client.answer();

      assertThat(index).startsWith("HTTP/1.1 200 ").contains("ETag: \"tag\"").endsWith("body");
      assertThat(index).doesNotContain("X-Inside", "Location", "s3cret", "127.0.0.1");
      assertThat(artifact).startsWith("HTTP/1.1 200 ").endsWith("body");
      assertThat(gate.requests)
          .containsExactly(
              "GET /index/se/rd/serde Bearer s3cret lazaret-sandbox",
              "GET " + SERDE + " Bearer s3cret lazaret-sandbox");
      assertThat(session.refusals()).isEmpty();
    }
  }

  @Test
  void headAndConditionAreAnsweredWithoutABody() throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      client.send("HEAD /index/se/rd/serde HTTP/1.1\r\nHost: gate.invalid\r\n\r\n");
      client.get("/index/se/rd/serde", "If-None-Match: \"tag\"", "Connection: close");

      assertThat(client.rest())
          .startsWith("HTTP/1.1 200 ")
          .contains("HTTP/1.1 304 \r\n")
          .doesNotContain("body");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index/to/ke/token-of-mine",
        "/dl/serde/1.0.8/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "/index/se/rd/serde?token=x",
        "/desk/v1/queue",
        "/index/se/rd/../../../desk/v1/queue"
      })
  void missMakesNoRequestAndIsReported(String target) throws IOException {
    assertThat(asked(target)).matches("(?s)HTTP/1\\.1 40[34] .*REFUSED by the sandbox.*");

    assertThat(gate.requests).isEmpty();
    assertThat(session.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Kind.GATE_REFUSAL);
              assertThat(refusal.resource()).isEqualTo("GET " + target);
            });
  }

  static Stream<Arguments> handshakes() {
    return Stream.of(
        Arguments.of(1, "gate.invalid", 443, "gate.invalid port 443"),
        Arguments.of(1, "gate.invalid.", 80, "gate.invalid. port 80"),
        Arguments.of(1, "GATE.invalid", 80, "GATE.invalid port 80"),
        Arguments.of(1, "gate.invalid\0.example.org", 80, "gate.invalid\0.example.org port 80"),
        Arguments.of(1, "\0gate.invalid", 80, "\0gate.invalid port 80"),
        Arguments.of(1, "evil.gate.invalid", 80, "evil.gate.invalid port 80"),
        Arguments.of(1, "127.0.0.1", 80, "127.0.0.1 port 80"),
        Arguments.of(1, "", 80, " port 80"),
        Arguments.of(2, "gate.invalid", 80, "BIND for gate.invalid port 80"),
        Arguments.of(3, "gate.invalid", 80, "UDP for gate.invalid port 80"),
        Arguments.of(9, "gate.invalid", 80, "an unknown SOCKS command"));
  }

  @ParameterizedTest
  @MethodSource("handshakes")
  void everyOtherHostPortAndCommandIsRefused(int command, String host, int port, String shown)
      throws IOException {
    try (InsideClient client = new InsideClient(session)) {
      client.send(InsideClient.connect(command, host, port));

      assertThat(client.rest())
          .hasSize(12)
          .satisfies(r -> assertThat(r.charAt(3)).isNotEqualTo((char) 0));
      assertThat(session.refusals()).extracting(Violation::resource).containsExactly(shown);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void addressesLoginsAndOtherProtocolsAreRefused(byte[] bytes, String shown) throws IOException {
    try (InsideClient client = new InsideClient(session)) {
      client.send(bytes);

      client.rest();
      assertThat(session.refusals()).extracting(Violation::resource).containsExactly(shown);
    }
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of(new byte[] {5, 1, 2}, "SOCKS with a login"),
        Arguments.of(new byte[] {5, 0}, "SOCKS with a login"),
        Arguments.of(new byte[] {4, 1, 0, 80, 127, 0, 0, 1, 0}, "another protocol than SOCKS 5"),
        Arguments.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
            "another protocol than SOCKS 5"),
        Arguments.of(new byte[] {5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1, 0, 80}, "an address, port 80"),
        Arguments.of(
            new byte[] {5, 1, 0, 5, 1, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 80},
            "an address, port 80"),
        Arguments.of(new byte[] {5, 1, 0, 5, 1, 1, 3, 0}, "a malformed SOCKS request"),
        Arguments.of(new byte[] {5, 1, 0, 5, 1, 0, 9}, "a malformed SOCKS request"));
  }

  @Test
  void everythingThatAClientSendsIsSearched() throws IOException {
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    session.scanWith(() -> seen::write);

    asked("/index/pa/th/path-of-it");
    try (InsideClient client = InsideClient.connected(session)) {
      client.get(SERDE, "X: header-of-it");
      client.answer();
    }
    try (InsideClient client = new InsideClient(session)) {
      client.send(InsideClient.connect(1, "host-of-it.example.org", 80));
      client.rest();
    }

    assertThat(seen.toString(StandardCharsets.ISO_8859_1))
        .contains("path-of-it", "header-of-it", "host-of-it");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307})
  void redirectIsNoAnswer(int status) throws IOException {
    gate.status = status;

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 502 ").doesNotContain("elsewhere");
    assertThat(gate.requests).hasSize(1);
  }

  @Test
  void refusalOfTheGateIsPassedOnWithItsText() throws IOException {
    gate.status = 403;
    gate.body = "BLOCKED serde 1.0.9: cooldown";

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 403 ").endsWith("BLOCKED serde 1.0.9: cooldown");
    assertThat(session.refusals())
        .extracting(v -> v.resource() + "; " + v.rule())
        .containsExactly("serde 1.0.9; gate: it is withheld");
  }

  @Test
  void gateThatIsNotThereIsNamedOutsideOnly() throws IOException {
    gate.close();

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 503 ").doesNotContain("127.0.0.1");
    assertThat(session.problem())
        .get()
        .extracting(RelayProblem::kind)
        .isEqualTo(RelayProblem.Kind.NO_ANSWER);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void failureOfTheGateIsNotedOutside(int status) throws IOException {
    gate.status = status;

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 " + status);
    assertThat(session.problem())
        .contains(new RelayProblem(RelayProblem.Kind.FAILURE, "status " + status));
  }

  /// A token of a service expires. The versions of the build are not to blame.
  @Test
  void refusedTokenIsNotedOutside() throws IOException {
    gate.status = 401;

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 401");
    assertThat(session.problem())
        .contains(new RelayProblem(RelayProblem.Kind.TOKEN_REFUSED, "status 401"))
        .get()
        .extracting(RelayProblem::words)
        .isEqualTo("expects a valid token (status 401)");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 403, 404})
  void answerAboutAVersionIsNoFailureOfTheGate(int status) throws IOException {
    gate.status = status;

    assertThat(asked(SERDE)).startsWith("HTTP/1.1 " + status);
    assertThat(session.problem()).isEmpty();
  }

  @Test
  void bodyWithoutALengthIsPassedOnInChunks() throws IOException {
    gate.chunked = true;
    gate.body = "z".repeat(70_000);
    try (InsideClient client = InsideClient.connected(session)) {
      client.get(SERDE, "Connection: close");

      String all = client.rest();
      assertThat(all).contains("Transfer-Encoding: chunked").endsWith("\r\n0\r\n\r\n");
      assertThat(all.chars().filter(c -> c == 'z').count()).isEqualTo(70_000);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerOverTheLimitDoesNotArriveWhole(boolean chunked) throws IOException {
    session.close();
    session = session(brief(2, 10, 1_000));
    gate.chunked = chunked;
    gate.body = "z".repeat(2_000);
    try (InsideClient client = InsideClient.connected(session)) {
      client.get(SERDE);

      String all = client.rest();
      assertThat(all.chars().filter(c -> c == 'z').count()).isLessThanOrEqualTo(1_000);
      assertThat(all).doesNotContain("\r\n0\r\n\r\n");
    }
  }

  @Test
  void headThatDribblesIsCutOff() throws IOException {
    session.close();
    session = session(brief(2, 10, 1_000));
    try (InsideClient client = InsideClient.connected(session)) {
      client.send("GET / HTTP/1.1\r\nHost: gate.inv");

      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void headThatDoesNotEndIsCutOff() throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      client.send("GET /" + "a".repeat(RelayLimits.DEFAULTS.headBytes() - 5));

      assertThat(client.rest()).startsWith("HTTP/1.1 431 ");
      assertThat(session.refusals().getFirst().resource()).hasSizeLessThan(300);
    }
  }

  @Test
  void bareLineFeedIsNoLineEnd() throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      client.send("GET / HTTP/1.1\nHost: gate.invalid\n\n");

      assertThat(client.rest()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void connectionsAndRequestsAreCounted() throws IOException {
    session.close();
    session = session(new RelayLimits(2, 3, 1_000, LONG, LONG, LONG, LONG, 1_000));
    try (InsideClient first = InsideClient.connected(session);
        InsideClient second = InsideClient.connected(session);
        InsideClient third = new InsideClient(session)) {
      assertThat(third.rest()).isEmpty();
      for (int i = 0; i < 3; i++) {
        first.get("/index/config.json");
        assertThat(first.answer()).startsWith("HTTP/1.1 200 ");
      }
      second.get("/index/config.json");
      assertThat(second.rest()).startsWith("HTTP/1.1 429 ");
      assertThat(session.refusals())
          .extracting(Violation::resource)
          .containsExactly("a connection", "more requests than 3");
    }
  }

  /// The bytes of a client that disconnects without waiting are searched, regardless of the length
  /// of the accept queue.
  @Test
  void settlingWaitsForAllThatWasSent() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    session.scanWith(
        () -> (bytes, offset, length) -> seen.addAndGet(length > 0 ? bytes[offset + 3] : 0));
    for (int i = 0; i < 40; i++) {
      try (InsideClient client = new InsideClient(session)) {
        client.send(new byte[] {5, 1, 0, 1});
      }
    }

    session.settle(LONG);

    assertThat(seen).hasValue(40);
  }

  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void differentRefusalsHaveAnEnd() throws IOException {
    try (InsideClient client = InsideClient.connected(session)) {
      for (int i = 0; i < RelayLog.MAX_REFUSALS + 50; i++) {
        client.get("/index/ab/cd/abcd" + i);
        client.answer();
      }
    }

    List<Violation> refusals = session.refusals();
    assertThat(refusals).hasSize(RelayLog.MAX_REFUSALS + 1);
    assertThat(refusals.getLast().count()).isEqualTo(50);
    assertThat(gate.requests).isEmpty();
  }

  @Test
  void parentWithALongPathIsRefusedWithItsName() throws IOException {
    Path deep = Files.createDirectories(parent.resolve("x".repeat(100)));

    assertThatThrownBy(
            () ->
                RelaySession.open(
                    deep,
                    new RelaySession.Terms(
                        new GateEndpoint(gate.url(), Optional.empty(), Optional.empty()),
                        CLOSURE,
                        RelayLimits.DEFAULTS)))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("cannot open a socket for the gate below " + deep);
  }

  /// With any bytes, the relay keeps running, and the gate receives only requests within the
  /// closure.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedConnectionsReachNothingButTheClosure(long seed) throws IOException {
    session.close();
    session = session(brief(64, 1_000_000, 1_000));
    Mutator mutator = new Mutator(seed);
    byte[] good = good();
    for (int i = 0; i < Mutator.rounds(100); i++) {
      try (InsideClient client = new InsideClient(session)) {
        client.send(mutator.mutate(good));
        client.rest();
      } catch (IOException _) {
        // The connection was closed while the client was sending.
      }
    }

    assertThat(asked("/index/config.json")).startsWith("HTTP/1.1 200 ");
    assertThat(gate.requests)
        .allMatch(
            r ->
                r.equals("GET /index/se/rd/serde Bearer s3cret lazaret-sandbox")
                    || r.equals("HEAD /index/se/rd/serde Bearer s3cret lazaret-sandbox"));
  }

  private static byte[] good() {
    byte[] handshake = InsideClient.connect(1, "gate.invalid", 80);
    byte[] request = InsideClient.request("/index/se/rd/serde", "Connection: close");
    byte[] all = new byte[handshake.length + request.length];
    System.arraycopy(handshake, 0, all, 0, handshake.length);
    System.arraycopy(request, 0, all, handshake.length, request.length);
    return all;
  }
}
