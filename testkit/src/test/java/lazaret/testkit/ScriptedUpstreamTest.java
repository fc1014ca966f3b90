package lazaret.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptedUpstreamTest {
  private static final Bytes LINES = Bytes.utf8("{\"name\":\"serde\"}\n");
  private static final Bytes CRATE = Bytes.utf8("0123456789");

  private final ScriptedUpstream upstream =
      ScriptedUpstream.start(
          UpstreamContent.of(Map.of("se/rd/serde", LINES), Map.of("serde-1.0.0+a", CRATE)));
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void stop() {
    client.shutdownNow();
    upstream.close();
  }

  @Test
  void servesIndexConfigAndArtifactsOnTwoOrigins() throws Exception {
    assertThat(get(upstream.indexUrl() + "se/rd/serde").body()).isEqualTo(LINES.text());
    assertThat(get(upstream.indexUrl() + "config.json").body())
        .isEqualTo("{\"dl\":\"" + upstream.artifactUrl() + "\"}");
    assertThat(get(upstream.artifactUrl() + "/serde/1.0.0+a/download").body())
        .isEqualTo(CRATE.text());
    assertThat(get(upstream.artifactUrl() + "/serde/serde-1.0.0%2Ba.crate").body())
        .isEqualTo(CRATE.text());
    assertThat(URI.create(upstream.indexUrl()).getPort())
        .isNotEqualTo(URI.create(upstream.artifactUrl()).getPort());
  }

  @Test
  void answersForMissingObjectsAsTheRealHostsDo() throws Exception {
    assertThat(get(upstream.indexUrl() + "se/rd/serdi").statusCode()).isEqualTo(404);
    assertThat(get(upstream.artifactUrl() + "/serde/2.0.0/download").statusCode()).isEqualTo(403);
    assertThat(get(upstream.artifactUrl() + "/../../etc/passwd").statusCode()).isEqualTo(403);
  }

  @Test
  void servesOtherFilesAsTheyAreNow() throws Exception {
    FixtureRegistry registry = new FixtureRegistry();
    try (ScriptedUpstream other = ScriptedUpstream.start(registry)) {
      String feed = other.filesUrl() + "rss/updates.xml";
      assertThat(get(feed).statusCode()).isEqualTo(403);
      for (String text : List.of("<rss/>", "<rss></rss>")) {
        registry.file("/rss/updates.xml", Bytes.utf8(text));
        assertThat(get(feed).body()).isEqualTo(text);
      }
    }
  }

  @Test
  void answersNotModifiedToItsOwnEntityTag() throws Exception {
    String etag =
        get(upstream.indexUrl() + "se/rd/serde").headers().firstValue("etag").orElseThrow();

    var again = get(upstream.indexUrl() + "se/rd/serde", "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void countsAndRecordsRequests() throws Exception {
    get(upstream.indexUrl() + "se/rd/serde", "X-Asked-By", "me");

    assertThat(upstream.count("*")).isEqualTo(1);
    assertThat(upstream.count("/index/se/rd/serde")).isEqualTo(1);
    assertThat(upstream.count("*/download")).isZero();
    assertThat(upstream.requests().getFirst().header("x-asked-by")).hasValue("me");
    upstream.forgetRequests();
    assertThat(upstream.requests()).isEmpty();
  }

  @Test
  void failsOnlyTheRequestsThatWereScripted() throws Exception {
    upstream.script(
        "*/serde", RequestNumber.only(2), Fault.status(503, Map.of("Retry-After", "7")));

    assertThat(get(upstream.indexUrl() + "se/rd/serde").statusCode()).isEqualTo(200);
    var second = get(upstream.indexUrl() + "se/rd/serde");
    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(second.headers().firstValue("retry-after")).hasValue("7");
    assertThat(get(upstream.indexUrl() + "se/rd/serde").statusCode()).isEqualTo(200);
  }

  @Test
  void halvesAndFlipsBodiesWithoutATraceOnTheWire() throws Exception {
    upstream.script("/crates/*", RequestNumber.only(1), new Fault.HalfBody());
    upstream.script("/crates/*", RequestNumber.only(2), new Fault.FlipByte());

    assertThat(get(upstream.artifactUrl() + "/serde/1.0.0+a/download").body()).isEqualTo("01234");
    assertThat(get(upstream.artifactUrl() + "/serde/1.0.0+a/download").body())
        .isEqualTo("0123446789");
  }

  @Test
  void cutsBodiesSoThatAClientNotices() {
    upstream.script("/crates/*", RequestNumber.only(1), new Fault.Truncate(4));
    upstream.script("/crates/*", RequestNumber.only(2), new Fault.CutChunks(4));
    // The JDK's client repeats the request itself if a connection closes before the first byte.
    upstream.script("/crates/*", RequestNumber.from(3), new Fault.Drop());

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> get(upstream.artifactUrl() + "/serde/1.0.0+a/download"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void comesBackOnTheSamePortAfterItWasSwitchedOff() throws Exception {
    String url = upstream.indexUrl() + "se/rd/serde";
    get(url);
    upstream.switchOff();
    assertThatThrownBy(() -> get(url)).isInstanceOf(ConnectException.class);

    upstream.switchOn();

    assertThat(get(url).statusCode()).isEqualTo(200);
  }

  @Test
  void letsGoOfStalledRequestsWhenHealed() throws Exception {
    upstream.script("*", new Fault.StallBeforeHeaders());
    String url = upstream.indexUrl() + "se/rd/serde";
    Thread healer =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (upstream.count("*") == 0) {
                    Thread.onSpinWait();
                  }
                  upstream.heal();
                });

    // The JDK's client repeats the request itself if a connection closes before the first byte.
    assertThat(get(url).statusCode()).isEqualTo(200);

    healer.join();
    assertThat(upstream.count("*")).isEqualTo(2);
  }

  @Test
  void addsLatencyToEveryAnswer() throws Exception {
    upstream.latency(Duration.ofMillis(50));
    long start = System.nanoTime();

    get(upstream.indexUrl() + "se/rd/serde");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(49));
  }

  private HttpResponse<String> get(String url, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(10));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
