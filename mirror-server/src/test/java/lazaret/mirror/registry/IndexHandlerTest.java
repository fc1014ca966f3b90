package lazaret.mirror.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import lazaret.mirror.TestServer;
import lazaret.mirror.server.RawClient;
import lazaret.vetting.desk.snapshots.SnapshotDraft;
import lazaret.vetting.desk.snapshots.SnapshotOrder;
import lazaret.vetting.desk.snapshots.SnapshotService;
import lazaret.vetting.snapshot.SnapshotInfo;
import lazaret.vetting.snapshot.SnapshotKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IndexHandlerTest {
  private static final String ALPHA = "/index/al/ph/alpha";

  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, Map.of());
    server.gate.publish("alpha", "1.0.0", 100);
    server.gate.publish("alpha", "1.1.0", 2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String etag() {
    return server.get(ALPHA).headers().firstValue("etag").orElseThrow();
  }

  @Test
  void pointsDownloadsAtItself() {
    HttpResponse<String> config = server.get("/index/config.json");

    assertThat(config.statusCode()).isEqualTo(200);
    assertThat(config.body())
        .isEqualTo(
            "{\"dl\":\"%1$s/dl/{crate}/{version}/{sha256-checksum}\",\"api\":\"%1$s\"}"
                .formatted(server.url()));
  }

  @Test
  void servesASnapshotUnderItsNumber() {
    assertThat(server.get("/snapshots/1/index/al/ph/alpha").statusCode()).isEqualTo(404);
    assertThat(server.get("/snapshots/x/index/config.json").statusCode()).isEqualTo(404);
    String dl = "/dl/alpha/1.0.0/" + server.gate.publish("alpha", "1.0.0", 100).cksum().hex();
    server.get(ALPHA);
    assertThat(server.get(dl).statusCode()).isEqualTo(200);
    SnapshotService desk = server.gate.wiring.desk().snapshots();
    SnapshotDraft draft = desk.draft(new SnapshotOrder(List.of(), false));
    Instant now = desk.now();
    desk.record(
        new SnapshotInfo(
            1, 1, SnapshotKind.FULL, draft.stateRoot(), draft.stateRoot(), now, now, 1, 1, 0),
        draft,
        "ann",
        List.of());

    assertThat(server.get("/snapshots/1/index/config.json").body())
        .contains("\"dl\":\"" + server.url() + "/snapshots/1/dl/{crate}/");
    assertThat(server.get("/snapshots/1/index/al/ph/alpha").body().lines())
        .singleElement()
        .asString()
        .contains("\"vers\":\"1.0.0\"", "\"yanked\":false");
    assertThat(server.get("/snapshots/1" + dl).statusCode()).isEqualTo(200);
    assertThat(server.get("/snapshots/2" + dl).statusCode()).isEqualTo(404);
    // Otherwise cargo reads it as a registry, and reports for each crate that it does not exist.
    HttpResponse<String> none = server.get("/snapshots/2/index/config.json");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).contains("there is no snapshot 2 here; kept are [1]");
  }

  @Test
  void relaysVettedLinesAndYanksWithheldOnes() {
    HttpResponse<String> file = server.get(ALPHA);

    assertThat(file.statusCode()).isEqualTo(200);
    String[] lines = file.body().split("\n", -1);
    assertThat(lines[0]).contains("\"vers\":\"1.0.0\"").contains("\"yanked\":false");
    assertThat(lines[1]).contains("\"vers\":\"1.1.0\"").contains("\"yanked\":true");
    assertThat(file.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    assertThat(file.headers().firstValue("vary")).contains("accept-encoding");
    assertThat(file.headers().firstValue("last-modified"))
        .contains("Tue, 24 Nov 2026 12:00:00 GMT");
    assertThat(file.headers().firstValue("etag").orElseThrow()).matches("\"[0-9a-f]{32}\"");
    assertThat(file.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(file.headers().firstValue("x-lazaret-stale")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%s", "W/%s", "\"other\", %s", "\"a,b\" ,W/%s", "*", "unquoted", "\"x\",\tW/%s"})
  void answersWhatTheClientHoldsWith304(String form) {
    String etag = etag();
    String header = form.equals("unquoted") ? etag.replace("\"", "") : form.formatted(etag);

    HttpResponse<String> file = server.get(ALPHA, "If-None-Match", header);

    assertThat(file.statusCode()).isEqualTo(304);
    assertThat(file.body()).isEmpty();
    assertThat(file.headers().firstValue("etag")).contains(etag);
  }

  @Test
  void readsIfNoneMatchThatComesInTwoLines() {
    String answer =
        RawClient.get(server.port(), ALPHA, "If-None-Match: \"x\"", "If-None-Match: " + etag());

    assertThat(answer).startsWith("HTTP/1.1 304 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"other\"", "W/\"\"", "", ",,", "\"", "W/", "\"%s"})
  void sendsTheWholeFileForAnyOtherTag(String form) {
    String etag = etag();

    assertThat(server.get(ALPHA, "If-None-Match", form.formatted(etag)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void answersNoDatesWith304SinceTheViewChangesWithoutThem() {
    assertThat(server.get(ALPHA, "If-Modified-Since", "Tue, 24 Nov 2026 12:00:00 GMT").statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gzip|true",
        "deflate, gzip|true",
        "deflate, gzip, br, zstd|true",
        "x-gzip|true",
        "*|true",
        "GZIP;q=0.5|true",
        "gzip;q=0|false",
        "gzip;q=0, *|false",
        "identity|false",
        "br|false",
        "identity;q=1, gzip;q=0.5|false",
        "gzip;q=x|false"
      })
  void compressesForWhoeverLikesIt(String accept, boolean compressed) throws IOException {
    for (int i = 0; i < 30; i++) {
      server.gate.publish("broad", "1.0." + i, 100);
    }
    byte[] plain = server.get("/index/br/oa/broad").body().getBytes(StandardCharsets.UTF_8);

    HttpResponse<byte[]> file;
    try (HttpClient client = HttpClient.newHttpClient()) {
      file =
          server.send(
              client,
              "/index/br/oa/broad",
              new String[] {"Accept-Encoding", accept},
              HttpRequest.Builder::GET,
              HttpResponse.BodyHandlers.ofByteArray());
    }

    assertThat(file.headers().firstValue("content-encoding").isPresent()).isEqualTo(compressed);
    byte[] body =
        compressed
            ? new GZIPInputStream(new ByteArrayInputStream(file.body())).readAllBytes()
            : file.body();
    assertThat(body).isEqualTo(plain);
  }

  @Test
  void answersHeadAsGetWithoutTheBody() {
    int length = server.get(ALPHA).body().length();

    String answer =
        RawClient.talk(
            server.port(),
            "HEAD %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n"
                .formatted(ALPHA, server.port()));

    assertThat(answer)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("content-length: " + length + "\r\n")
        .containsIgnoringCase("etag: ")
        .endsWith("\r\n\r\n");
  }

  @Test
  void answersHeadOnTheConfigurationToo() {
    assertThat(server.send("HEAD", "/index/config.json", "").headers().firstValue("content-length"))
        .isPresent();
  }

  @Test
  void saysHowOldTheAnswerIsAndWhenUpstreamDoesNotConfirmIt() {
    server.get(ALPHA);
    server.gate.remote.switchOff();
    server.gate.clock.advance(Duration.ofHours(1));

    HttpResponse<String> file = server.get(ALPHA);

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.headers().firstValue("age")).contains("3600");
    assertThat(file.headers().firstValue("x-lazaret-stale"))
        .contains("confirmed 2026-11-24T12:00:00Z");
  }

  @Test
  void changesTheTagWhenTheViewChanges() {
    String before = etag();

    server.gate.desk(
        "POST",
        "/decisions",
        "{\"kind\":\"approve\",\"specs\":[\"alpha@1.1.0\"],\"reason\":\"read it\"}");

    HttpResponse<String> after = server.get(ALPHA, "If-None-Match", before);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.body()).doesNotContain("\"yanked\":true");
  }

  @Test
  void knowsNoCrateThatUpstreamDoesNotKnow() {
    assertThat(server.get("/index/no/ne/none").statusCode()).isEqualTo(404);
  }

  @Test
  void neverCallsUpstreamsFailureNotFound() {
    server.gate.remote.switchOff();

    HttpResponse<String> answer = server.get("/index/be/ta/beta");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
        .isPositive();
    assertThat(answer.body()).contains("cannot serve 'beta' now");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/index/",
        "/index/alpha",
        "/index/AL/PH/ALPHA",
        "/index/al/ph/Alpha",
        "/index/al/ph/alpha/",
        "/index/al//ph/alpha",
        "/index/xx/ph/alpha",
        "/index/al/ph/alpha.json",
        "/index/3/a/alpha",
        "/index/1/al",
        "/index/CONFIG.JSON",
        "/index/config.json/",
        "/index/al/ph/alph%61"
      })
  void standsAtOnePathOnly(String path) {
    assertThat(RawClient.get(server.port(), path)).startsWith("HTTP/1.1 404 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
  void isReadOnly(String method) {
    String answer =
        RawClient.talk(
            server.port(),
            "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(method, ALPHA, server.port()));

    assertThat(answer).startsWith("HTTP/1.1 405 ").containsIgnoringCase("\r\nallow: GET, HEAD\r\n");
  }

  @Test
  void answersRequestsThatArriveTogetherInTurn() {
    HttpResponse<String> file = server.get(ALPHA);
    String tag = file.headers().firstValue("etag").orElseThrow();
    String host = " HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n".formatted(server.port());

    String answers =
        RawClient.talk(
            server.port(),
            "GET "
                + ALPHA
                + host
                + "\r\n"
                + ("GET " + ALPHA + host + "If-None-Match: " + tag + "\r\n\r\n")
                + ("GET /index/no/ne/none" + host + "\r\n")
                + ("GET " + ALPHA + host + "Connection: close\r\n\r\n"));

    assertThat(answers.split("HTTP/1.1 (?=[0-9])"))
        .satisfiesExactly(
            before -> assertThat(before).isEmpty(),
            first -> assertThat(first).startsWith("200 ").endsWith("\r\n\r\n" + file.body()),
            second -> assertThat(second).startsWith("304 ").endsWith("\r\n\r\n"),
            third -> assertThat(third).startsWith("404 "),
            fourth ->
                assertThat(fourth)
                    .startsWith("200 ")
                    .containsIgnoringCase("connection: close")
                    .endsWith("\r\n\r\n" + file.body()));
  }
}
