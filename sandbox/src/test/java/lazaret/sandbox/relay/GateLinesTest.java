package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import lazaret.sandbox.response.ResponseBody;
import lazaret.sandbox.response.ResponseHead;
import lazaret.sandbox.response.ResponseInput;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The connections to a gate that sends given bytes.
class GateLinesTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody";
  private static final RequestHead GET = new RequestHead("GET", "/index/se/rd/serde", Map.of());

  private ServerSocket gate;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  /// The responses of each connection to its requests; the connection ends after the last one.
  private volatile List<String> answers = List.of(OK, OK, OK);

  private GateLines lines;

  @BeforeEach
  void open() throws IOException {
    gate = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    lines = new GateLines(outside("/below"), Duration.ofSeconds(20));
  }

  private GateEndpoint outside(String path) {
    return new GateEndpoint(
        "http://127.0.0.1:" + gate.getLocalPort() + path, Optional.of("s3cret"), Optional.empty());
  }

  @AfterEach
  void close() throws IOException {
    lines.close();
    gate.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = gate.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException _) {
      // The test has ended.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (String answer : answers) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int next = in.read();
          if (next < 0) {
            return;
          }
          head.append((char) next);
        }
        heard.add(head.toString());
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IOException _) {
      // The other side closed the connection first.
    }
  }

  private String asked() throws IOException {
    try (GateLines.Exchange exchange = lines.ask(GET, true)) {
      return exchange.head().status()
          + " "
          + new String(exchange.body().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void sendsMethodPathAndTokenAndKeepsTheConnection() throws IOException {
    assertThat(List.of(asked(), asked(), asked())).containsOnly("200 body");

    assertThat(connections).hasValue(1);
    assertThat(heard)
        .hasSize(3)
        .containsOnly(
            "GET /below/index/se/rd/serde HTTP/1.1\r\nHost: 127.0.0.1:"
                + gate.getLocalPort()
                + "\r\nUser-Agent: lazaret-sandbox\r\nAccept: */*\r\n"
                + "Authorization: Bearer s3cret\r\nAccept-Encoding: gzip\r\n\r\n");
  }

  @Test
  void connectionThatTheGateEndedIsReplaced() throws IOException {
    answers = List.of(OK);
    lines.prepare();

    assertThat(List.of(asked(), asked(), asked())).containsOnly("200 body");
    assertThat(connections).hasValue(3);
  }

  @Test
  void whatWasPreparedIsUsed() throws IOException {
    lines.prepare();
    lines.prepare();

    assertThat(asked()).isEqualTo("200 body");
    assertThat(connections).hasValue(2);
    assertThat(heard).hasSize(1);
  }

  @Test
  void bodyThatNobodyReadIsReadAway() throws IOException {
    lines.ask(GET, false).close();

    assertThat(asked()).isEqualTo("200 body");
    assertThat(connections).hasValue(1);
  }

  @Test
  void longBodyThatNobodyReadEndsTheConnection() throws IOException {
    answers = List.of("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n", OK);
    lines.ask(GET, false).close();
    answers = List.of(OK);

    assertThat(asked()).isEqualTo("200 body");
    assertThat(connections).hasValue(2);
  }

  @Test
  void answerToHeadHasNoBody() throws IOException {
    answers = List.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", OK);
    try (GateLines.Exchange exchange =
        lines.ask(new RequestHead("HEAD", "/index/se/rd/serde", Map.of()), false)) {
      assertThat(exchange.body().readAllBytes()).isEmpty();
    }

    assertThat(asked()).isEqualTo("200 body");
    assertThat(connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nbo\r\n02;x=y\r\ndy\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: Chunked\r\n\r\n4\r\nbody\r\n000\r\nX: y\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nCONTENT-LENGTH:4 \r\n\r\nbody"
      })
  void everyFormOfABodyIsReadAndTheConnectionKept(String answer) throws IOException {
    answers = List.of(answer, OK);

    assertThat(List.of(asked(), asked())).containsOnly("200 body");
    assertThat(connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\n\r\nbody"
      })
  void connectionThatIsNotToBeKeptIsNot(String answer) throws IOException {
    answers = List.of(answer);

    assertThat(List.of(asked(), asked())).containsOnly("200 body");
    assertThat(connections).hasValue(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbodyX\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-4\r\nbody\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000000000000\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: +4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 4, 4\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nno header\r\n\r\nbody",
        "HTTP/1.1 200 OK\nContent-Length: 4\n\nbody",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 20x OK\r\n\r\n",
        "HTTP/1.1 20",
        "HTTP/2 200\r\n\r\n",
        "SSH-2.0-x\r\n",
        ""
      })
  void answerThatIsNoneFails(String answer) {
    answers = List.of(answer);

    assertThatThrownBy(this::asked)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void headsHaveALimit(int kind) {
    String many = "X-%d: y\r\n".repeat(200);
    answers =
        List.of(
            switch (kind) {
              case 1 -> "HTTP/1.1 200 " + "x".repeat(ResponseHead.MOST_BYTES) + "\r\n\r\n";
              case 2 -> "HTTP/1.1 200 OK\r\n" + ("X: " + "y".repeat(900) + "\r\n").repeat(20);
              default ->
                  "HTTP/1.1 200 OK\r\n" + many.formatted(IntStream.range(0, 200).boxed().toArray());
            });

    assertThatThrownBy(this::asked)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the gate sent");
  }

  @Test
  void announcementsHaveALimit() {
    answers = List.of("HTTP/1.1 102 Processing\r\n\r\n".repeat(50));

    assertThatThrownBy(this::asked).hasMessageContaining("announced a response");
  }

  @Test
  void gateThatIsSilentIsNotAskedTwice() throws IOException {
    lines.close();
    lines = new GateLines(outside(""), Duration.ofMillis(50));
    answers = List.of("", OK);
    lines.prepare();

    assertThatThrownBy(this::asked).isInstanceOf(SocketTimeoutException.class);
    awaitOneRequest();
    assertThat(heard).hasSize(1);
  }

  /// Waits until the gate has read a request, since a busy machine can read it after the client
  /// gave up.
  private void awaitOneRequest() {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (heard.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  @Test
  void whoEndsEndsAllConnections() throws IOException {
    GateLines.Exchange exchange = lines.ask(GET, false);

    lines.close();

    assertThatThrownBy(() -> lines.ask(GET, false)).isInstanceOf(IOException.class);
    exchange.close();
    assertThat(heard).hasSize(1);
  }

  @Test
  void otherSchemesAreRefused() {
    var gopher = new GateEndpoint("gopher://127.0.0.1", Optional.empty(), Optional.empty());

    assertThatThrownBy(() -> GateLine.connect(gopher, Duration.ofSeconds(1)))
        .hasMessage("not HTTP: gopher");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3c\r\nX: y", "s3c ret", "s3cr\u00e9t"})
  void tokenThatIsNoHeaderIsRefusedAndNotPrinted(String token) {
    assertThatThrownBy(
            () -> new GateEndpoint("http://127.0.0.1", Optional.of(token), Optional.empty()))
        .hasMessageContaining("http://127.0.0.1 has a character that a header cannot contain")
        .hasMessageNotContaining("s3c");
  }

  /// Any response of the gate results in a response or an error.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mutatedAnswersEndInAnAnswerOrAnError(long seed) {
    Mutator mutator = new Mutator(seed);
    byte[] good =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: \"x\"\r\n\r\n4\r\nbody\r\n0\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < Mutator.rounds(2_000); i++) {
      try {
        var in = new ResponseInput(new ByteArrayInputStream(mutator.mutate(good)));
        byte[] body = ResponseBody.of(ResponseHead.read(in), in, false).readNBytes(10_000);
        assertThat(body.length).isLessThanOrEqualTo(10_000);
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("gate");
      }
    }
  }
}
