package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.clients.Client;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.http.AccessLogLine;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RequestBodies;
import lazaret.testkit.RecordedSpan;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.trace.TraceSpan;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The names and attributes of the spans of requests.
class RequestSpansTest {
  private static final String SUM = "ab".repeat(32);

  private final RecordedSpan span = new RecordedSpan("HTTP");
  private final RequestSpans spans =
      new RequestSpans(
          new Tracer() {
            @Override
            public TraceSpan beginRequest(Function<String, Optional<String>> headers) {
              return span;
            }

            @Override
            public TraceSpan begin(String name) {
              return TraceSpan.NONE;
            }

            @Override
            public void close() {}
          },
          MirrorConfig.read(
                  List.of("--data-dir", "data", "--public-url", "https://crates.example.org"),
                  Map.of())
              .server(),
          name -> name.published().startsWith("acme-") ? NameOrigin.RESERVED : NameOrigin.PUBLIC);

  private static HttpRequest request(String method, String path) {
    return new HttpRequest(
        method,
        path,
        "code=secret",
        "crates.example.org",
        null,
        Client.of(InetAddress.getLoopbackAddress()),
        _ -> Optional.of("secret"),
        _ -> new RequestBodies.Read.MemoryExhausted(),
        () -> "id-1");
  }

  private RecordedSpan ended(String method, String path, @Nullable HttpResponse answer) {
    spans.end(
        spans.begin(_ -> Optional.empty()), request(method, path), answer, AccessLogLine.HTTP2);
    assertThat(span.ended()).isTrue();
    assertThat(span.attributes().values()).noneMatch(v -> v.toString().contains("secret"));
    return span;
  }

  @Test
  void downloadHasItsPathAndRoute() {
    String path = "/dl/serde/1.0.0/" + SUM;

    RecordedSpan span = ended("GET", path, HttpResponse.text(403, "no").coded("cooldown"));

    assertThat(span.name()).isEqualTo("GET /dl/{crate}/{version}/{sha256-checksum}");
    assertThat(span.attributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "http.request.method", "GET",
                "http.route", "/dl/{crate}/{version}/{sha256-checksum}",
                "http.response.status_code", 403L,
                "url.scheme", "https",
                "url.path", path,
                "server.address", "crates.example.org",
                "network.protocol.version", "2",
                "lazaret.request.id", "id-1",
                "lazaret.refusal.code", "cooldown"));
    assertThat(span.failure()).isEmpty();
  }

  @Test
  void pathWithAPrivateNameHasTheRouteInItsPlace() {
    for (String path :
        List.of(
            "/index/ac/me/acme-core",
            "/index/xx/acme-core.json",
            "/index/ac/me/acme%2dcore",
            "/dl/acme-core/1.0.0/" + SUM,
            "/snapshots/3/index/ac/me/acme-core",
            "/snapshots/3/dl/acme-core/1.0.0/" + SUM)) {
      assertThat(ended("GET", path, HttpResponse.text(404, "no")).attributes().values())
          .as(path)
          .noneMatch(value -> value.toString().contains("acme"));
    }
    String build = "/dl/serde/1.0.0%2Bbuild/" + SUM;
    assertThat(ended("GET", build, HttpResponse.text(404, "no")).attributes())
        .containsEntry("url.path", build);
  }

  @Test
  void operationOfTheDeskHasItsRouteInPlaceOfThePath() {
    RecordedSpan span =
        ended("GET", "/desk/v1/crates/secret-name/1.0.0", HttpResponse.text(200, "{}"));

    assertThat(span.name()).isEqualTo("GET /desk/v1/crates/{name}/{version}");
    assertThat(span.attributes())
        .containsEntry("url.path", "/desk/v1/crates/{name}/{version}")
        .containsEntry("http.route", "/desk/v1/crates/{name}/{version}");
  }

  @Test
  void unknownPathAndMethodAreNotRecorded() {
    RecordedSpan span = ended("SECRET-METHOD", "/secret-path", HttpResponse.text(404, "no"));

    assertThat(span.name()).isEqualTo("HTTP");
    assertThat(span.attributes())
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("url.path", "/")
        .doesNotContainKey("http.route");
  }

  @Test
  void failureOfTheServerIsMarked() {
    assertThat(ended("GET", "/index/config.json", HttpResponse.text(503, "no")).failure())
        .isEqualTo("503");
  }

  @Test
  void clientThatDisconnectedIsMarked() {
    RecordedSpan span = ended("GET", "/desk/page", null);

    assertThat(span.failure()).isEqualTo("disconnected");
    assertThat(span.attributes()).doesNotContainKey("http.response.status_code");
  }
}
