package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import lazaret.sandbox.relay.RequestHead.Reading;
import lazaret.testkit.Mutator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private static final String CARGO =
      """
      GET /index/se/rd/serde HTTP/1.1
      Host: gate.invalid
      User-Agent: cargo/1.95.0 (f2d3ce0bd 2026-03-21)
      Accept-Encoding: deflate, gzip
      cargo-protocol: version=1
      accept: text/plain
      Connection: Upgrade, HTTP2-Settings
      Upgrade: h2c
      HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA
      if-none-match: "abc"

      """
          .replace("\n", "\r\n");

  private static Reading read(String text) {
    return RequestHead.read(text.getBytes(StandardCharsets.ISO_8859_1), "gate.invalid");
  }

  @Test
  void readsWhatCargoSends() {
    assertThat(read(CARGO))
        .isInstanceOfSatisfying(
            Reading.Read.class,
            read -> {
              assertThat(read.head().method()).isEqualTo("GET");
              assertThat(read.head().target()).isEqualTo("/index/se/rd/serde");
              assertThat(read.head().header("if-none-match")).contains("\"abc\"");
              assertThat(read.head().closes()).isFalse();
            });
  }

  static Stream<Arguments> refusals() {
    String host = "Host: gate.invalid\r\n";
    return Stream.of(
        Arguments.of("GET / HTTP/1.1\r\n" + host, 400, "has no end"),
        Arguments.of("\r\n\r\n", 400, "not a method, a path and a version"),
        Arguments.of("GET /\r\n" + host + "\r\n", 400, "not a method, a path and a version"),
        Arguments.of("GET  / HTTP/1.1\r\n" + host + "\r\n", 400, "not a method"),
        Arguments.of("GET http://x/ HTTP/1.1\r\n" + host + "\r\n", 400, "not a method"),
        Arguments.of("GET / HTTP/1.0\r\n" + host + "\r\n", 505, "not HTTP/1.1"),
        Arguments.of("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "not a method"),
        Arguments.of("PUT / HTTP/1.1\r\n" + host + "\r\n", 405, "neither GET nor HEAD"),
        Arguments.of("get / HTTP/1.1\r\n" + host + "\r\n", 405, "neither GET nor HEAD"),
        Arguments.of("GET / HTTP/1.1\r\n\r\n", 421, "another host"),
        Arguments.of("GET / HTTP/1.1\r\nHost: GATE.invalid\r\n\r\n", 421, "another host"),
        Arguments.of("GET / HTTP/1.1\r\nHost: gate.invalid.\r\n\r\n", 421, "another host"),
        Arguments.of("GET / HTTP/1.1\r\n" + host + host + "\r\n", 400, "'host' twice"),
        Arguments.of("GET / HTTP/1.1\r\n" + host + "A: 1\r\na: 2\r\n\r\n", 400, "'a' twice"),
        Arguments.of("GET / HTTP/1.1\r\n" + host + " folded\r\n\r\n", 400, "without a name"),
        Arguments.of("GET / HTTP/1.1\r\nHost : gate.invalid\r\n\r\n", 400, "without a name"),
        Arguments.of("GET / HTTP/1.1\r\n" + host + "A: b\0c\r\n\r\n", 400, "control"),
        Arguments.of("GET / HTTP/1.1\r\n" + host + "A: b\nc: d\r\n\r\n", 400, "control"),
        Arguments.of("GET /\u00e9 HTTP/1.1\r\n" + host + "\r\n", 400, "not ASCII"),
        Arguments.of(
            "GET / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n\r\n", 400, "announces a body"),
        Arguments.of(
            "GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n", 400, "a body"),
        Arguments.of(
            "GET / HTTP/1.1\r\n" + host + headers(RequestHead.MAX_HEADERS) + "\r\n",
            431,
            "more than 40 headers"));
  }

  private static String headers(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("x").append(i).append(": y\r\n");
    }
    return text.toString();
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesEverythingElse(String text, int status, String why) {
    assertThat(read(text))
        .isInstanceOfSatisfying(
            Reading.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.why()).contains(why);
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedHeadsAreReadOrRefused(long seed) {
    Mutator mutator = new Mutator(seed);
    byte[] good = CARGO.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < Mutator.rounds(5_000); i++) {
      switch (RequestHead.read(mutator.mutate(good), "gate.invalid")) {
        case Reading.Refused(int status, String why) -> {
          assertThat(status).isBetween(400, 505);
          assertThat(why).isNotEmpty();
        }
        case Reading.Read(RequestHead head) -> {
          assertThat(head.method()).isIn("GET", "HEAD");
          assertThat(head.header("host")).contains("gate.invalid");
          assertThat(head.target()).matches("/[\\x21-\\x7e]*");
        }
      }
    }
  }
}
