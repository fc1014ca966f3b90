package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks on the server, each by its name.
@SuppressWarnings("StringConcatToTextBlock") // a text block has no carriage returns
class ServerAttackTest {
  @TempDir Path folder;
  private TestServer server;
  private CrateId alpha;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("secret"), "top secret");
    server = new TestServer(Files.createDirectories(folder.resolve("data")), Map.of());
    alpha = server.gate.publish("alpha", "1.0.0", 100);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int port() {
    return server.port();
  }

  private static String status(String answer) {
    return answer.length() < 12 ? answer : answer.substring(9, 12);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:%d",
        "127.0.0.1.evil.example:%d",
        "localhost.evil.example:%d",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost:80",
        "2130706433:%d",
        "127.1:%d",
        "[::ffff:127.0.0.1]:%d",
        "user@127.0.0.1:%d"
      })
  void forgedHostAndDnsRebinding(String host) {
    for (String path :
        new String[] {
          "/",
          "/me",
          "/index/config.json",
          TestServer.dl(alpha),
          "/api/v1/crates?q=a",
          "/metrics",
          "/health/live",
          "/desk/v1/status",
          "/nowhere"
        }) {
      String answer = RawClient.get(port(), path, "Host: " + host.formatted(port()));

      assertThat(status(answer)).as(path + " as " + host).isIn("421", "400");
      assertThat(answer).doesNotContain("evil.example");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "LOCALHOST:%d", "[::1]:%d"})
  void ownNamesAreKnown(String host) {
    assertThat(status(RawClient.get(port(), "/health/live", "Host: " + host.formatted(port()))))
        .isEqualTo("200");
  }

  @Test
  void numericAddressIsKnownForHealthAndMetricsOnly() throws Exception {
    server.close();
    server =
        new TestServer(
            folder.resolve("data"),
            Map.of("LAZARET_LISTEN", "0.0.0.0:0", "LAZARET_PUBLIC_URL", "http://gate.example"));
    String address = "http://127.0.0.2:" + port();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
        assertThat(status(client, address + path)).as(path).isEqualTo(200);
      }
      for (String path : List.of("/", "/index/config.json", "/desk/v1/status", "/metricsx")) {
        assertThat(status(client, address + path)).as(path).isEqualTo(421);
      }
    }
    assertThat(status(RawClient.get(port(), "/metrics", "Host: 127.0.0.2:" + port())))
        .as("the address of another interface")
        .isEqualTo("421");
  }

  private static int status(HttpClient client, String url) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void missingHost() {
    assertThat(status(RawClient.talk(port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n")))
        .isEqualTo("400");
  }

  @Test
  void twoHosts() {
    assertThat(
            status(RawClient.get(port(), "/", "Host: 127.0.0.1:" + port(), "Host: evil.example")))
        .isEqualTo("400");
  }

  @Test
  void absoluteTargetWithAnotherHost() {
    // RFC 9112 §3.2.2: the target's host counts instead of the header's; the gate accepts neither.
    String answer =
        RawClient.get(port(), "http://evil.example/index/config.json", "Host: 127.0.0.1:" + port());

    assertThat(status(answer)).isIn("400", "404", "421");
    assertThat(answer).doesNotContain("\"dl\"");
  }

  @Test
  void forwardedHeadersCountForNothing() {
    String answer =
        RawClient.get(
            port(),
            "/index/config.json",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: https",
            "Forwarded: host=evil.example");

    assertThat(answer).contains(server.url()).doesNotContain("evil.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "https://127.0.0.1.evil.example",
        "null",
        "http://127.0.0.1:1",
        "file://",
        "chrome-extension://abc"
      })
  void foreignOriginAtTheDesk(String origin) {
    String token = server.token("ann", DeskRole.ADMIN);

    HttpResponse<String> answer =
        server.send(
            "POST",
            "/desk/v1/tokens",
            "{\"name\":\"mallory\",\"scopes\":[\"admin\"]}",
            "Origin",
            origin,
            "Authorization",
            "Bearer " + token,
            "Content-Type",
            "application/json");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("\"forbidden\"");
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("access-control-"));
    assertThat(server.gate.wiring.desk().tokens().list()).hasSize(1);
  }

  @Test
  void crossSiteRequestForgery() {
    String token = server.token("ann", DeskRole.ADMIN);
    String body = "{\"name\":\"mallory\",\"scopes\":[\"admin\"]}";

    for (String type :
        new String[] {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"}) {
      assertThat(
              server
                  .send(
                      "POST", "/desk/v1/tokens", body, "Authorization", token, "Content-Type", type)
                  .statusCode())
          .as(type)
          .isEqualTo(415);
    }
    for (String site : new String[] {"cross-site", "same-site"}) {
      assertThat(
              RawClient.get(
                  port(), "/desk/v1/status", "Authorization: " + token, "Sec-Fetch-Site: " + site))
          .startsWith("HTTP/1.1 403 ");
    }
    assertThat(server.gate.wiring.desk().tokens().list()).hasSize(1);
  }

  @Test
  void preflightIsNotAnswered() {
    String answer =
        RawClient.talk(
            port(),
            "OPTIONS /desk/v1/tokens HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nOrigin: http://evil.example\r\n"
                    .formatted(port())
                + "Access-Control-Request-Method: POST\r\nConnection: close\r\n\r\n");

    assertThat(status(answer)).isEqualTo("403");
    assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index/../../secret",
        "/index/..%2f..%2fsecret",
        "/index/%2e%2e/%2e%2e/secret",
        "/index/%252e%252e/%252e%252e/secret",
        "/index/..\\..\\secret",
        "/index/al/ph/..%2falpha",
        "/index/al/ph/alpha%00",
        "/index/al/ph/alpha;x=1",
        "/index//etc/passwd",
        "/dl/../../secret",
        "/dl/..%2f..%2fsecret/1.0.0/",
        "/dl/%2e%2e/%2e%2e/secret",
        "/dl/alpha/..%2f1.0.0/",
        "/dl/alpha/1.0.0%2f../",
        "/desk/v1/../../secret",
        "/../secret",
        "/%2e%2e/secret",
        "//etc/passwd",
        "/..;/secret"
      })
  void pathTraversal(String path) {
    String answer = RawClient.get(port(), path);

    assertThat(status(answer)).as(path).isIn("400", "401", "404", "405");
    assertThat(answer).doesNotContain("top secret").doesNotContain("root:");
  }

  @Test
  void traversalInADownloadNeverReachesUpstream() {
    RawClient.get(port(), "/dl/..%2f..%2fconfig.json/1.0.0/" + alpha.cksum());
    RawClient.get(port(), "/dl/alpha/..%2f..%2f1.0.0/" + alpha.cksum());
    RawClient.get(port(), "/index/..%2fconfig.json");

    assertThat(server.gate.remote.requests()).isEmpty();
  }

  @Test
  void headerInjectionThroughThePath() {
    String answer = RawClient.get(port(), "/index/x%0d%0aSet-Cookie:%20a=b");

    assertThat(answer).doesNotContain("\r\nSet-Cookie");
    assertThat(status(answer)).isIn("400", "404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\nb: c\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\nHost: h\n\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX : a\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\n folded: a\r\nConnection: close\r\n\r\n",
        "GET /\u0001 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET  / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: h\r\nX: a\u0000b\r\nConnection: close\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: h\r\nConnection: close\r\n\r\n",
        "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n",
        "NONSENSE THAT GOES ON AND ON AND ON\r\n\r\n"
      })
  void malformedRequests(String request) {
    String answer = RawClient.talk(port(), request.replace("Host: h", "Host: 127.0.0.1:" + port()));

    assertThat(answer).as(request).doesNotContain("HTTP/1.1 200").doesNotContain("stayed open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Content-Length: 4\r\nContent-Length: 40",
        "Content-Length: 4, 40",
        "Content-Length: -1",
        "Content-Length: +4",
        "Content-Length: 4x",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding : chunked"
      })
  void requestSmuggling(String framing) {
    String token = server.token("ann", DeskRole.REQUESTER);
    String hidden = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1:" + port() + "\r\n\r\n";
    String answer =
        RawClient.talk(
            port(),
            ("POST /desk/v1/verify HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n"
                        + "Content-Type: application/json\r\n%s\r\n\r\n0\r\n\r\n")
                    .formatted(port(), token, framing)
                + hidden);

    assertThat(answer).as(framing).doesNotContain("\"up\"").doesNotContain("stayed open");
  }

  @Test
  void logInjection() throws Exception {
    RawClient.get(port(), "/index/a%0a{\"forged\":true}");
    RawClient.get(port(), "/x\"},{\"forged\":true");
    RawClient.get(port(), "/\u001b[31mred");
    server.get("/index/al/ph/alpha", "Authorization", "x\t\"forged\"");
    server.stop();

    String log = Files.readString(folder.resolve("data/access.log"));
    assertThat(log.lines()).allMatch(line -> line.startsWith("{\"at\":") && line.endsWith("}"));
    assertThat(log).doesNotContain("\u001b").doesNotContain(",{\"forged\"");
  }

  @Test
  void overlongTargetsAndHeaders() {
    assertThat(status(RawClient.get(port(), "/" + "a".repeat(100_000)))).isIn("414", "400", "");
    assertThat(status(RawClient.get(port(), "/", "X: " + "a".repeat(100_000))))
        .isIn("400", "431", "413", "");
    assertThat(status(RawClient.get(port(), "/health/live"))).isEqualTo("200");
  }

  @Test
  void bodyOverItsLimit() {
    String token = server.token("ann", DeskRole.ADMIN);
    String answer =
        RawClient.talk(
            port(),
            ("POST /desk/v1/decisions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: %s\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 999999999999\r\n\r\n{}")
                .formatted(port(), token));

    assertThat(status(answer)).isEqualTo("413");
  }

  @Test
  void strangersNeedNotBeListenedTo() {
    String answer =
        RawClient.talk(
            port(),
            ("POST /desk/v1/decisions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n{")
                .formatted(port()));

    // Answered and closed at once, without waiting for the hundred megabytes.
    assertThat(status(answer)).isEqualTo("401");
    assertThat(answer).doesNotContain("stayed open").containsIgnoringCase("connection: close");
  }

  @Test
  void secretsAreInNoLog() throws Exception {
    String token = server.token("ann", DeskRole.ADMIN);
    server.get("/desk/v1/status", "Authorization", "Bearer " + token);
    server.get("/desk/v1/events?after=0&token=" + token, "Authorization", token);
    RawClient.get(port(), "/rejected{?token=" + token);
    server.stop();

    String log = Files.readString(folder.resolve("data/access.log"));
    assertThat(log).contains("\"token\":\"ann\"", "\"path\":\"/rejected{\"").doesNotContain(token);
  }

  @Test
  void everyRefusalIsFoundInTheLogByItsName() throws Exception {
    String refusal = RawClient.get(port(), "/dl/alpha/9.9.9/" + alpha.cksum());
    String malformed = RawClient.talk(port(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    server.stop();

    String log = Files.readString(folder.resolve("data/access.log"));
    for (String answer : new String[] {refusal, malformed}) {
      String id = answer.replaceAll("(?is).*x-request-id: ([a-z0-9-]+).*", "$1");
      assertThat(log).contains("\"id\":\"" + id + "\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A\"B", "GE(T", "G\u00e9T", "{}"})
  void logFloodByMalformedMethodGets400(String method) {
    assertThat(RawClient.talk(server.port(), method + " / HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"zz", "-1", "", "FFFFFFFFFFFFFFFFF"})
  void logFloodByMalformedChunkGets400(String length) {
    String token = server.token("ci", DeskRole.REQUESTER);
    assertThat(
            RawClient.talk(
                server.port(),
                "POST /desk/v1/verify HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.port()
                    + "\r\nAuthorization: Bearer "
                    + token
                    + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + length
                    + "\r\nab\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void malformedBodyOfAFormIsAnsweredWithAPage() {
    assertThat(
            RawClient.talk(
                server.port(),
                "POST /desk/lockfiles HTTP/1.1\r\nHost: 127.0.0.1:"
                    + server.port()
                    + "\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("<!doctype html>", "the body of the request is malformed or incomplete");
  }
}
