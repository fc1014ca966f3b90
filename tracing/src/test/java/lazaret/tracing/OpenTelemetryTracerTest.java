package lazaret.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.testkit.OtlpReceiver;
import lazaret.testkit.OtlpSpan;
import lazaret.vetting.trace.TraceSettings;
import lazaret.vetting.trace.TraceSpan;
import lazaret.vetting.trace.Tracer;
import org.junit.jupiter.api.Test;

/// Spans as a receiver gets them.
class OpenTelemetryTracerTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-";

  private static Tracer open(String endpoint, int percent) {
    TraceSettings settings =
        new TraceSettings(
            URI.create(endpoint + "/v1/traces"), Map.of("X-Token", "secret"), percent, "1.2.3");
    return Tracer.find().orElseThrow().open(settings);
  }

  private static TraceSpan request(Tracer tracer, String flags) {
    return tracer.beginRequest(
        name -> name.equals("traceparent") ? Optional.of(PARENT + flags) : Optional.empty());
  }

  @Test
  void sendsSpansWithTheirParentsAndAttributes() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      Map<String, String> passedOn;
      try (Tracer tracer = open(receiver.url(), 100)) {
        TraceSpan request = request(tracer, "01");
        TraceSpan upstream = request.beginRequest("GET");
        passedOn = upstream.headers();
        upstream.with("server.port", 443).fail("timeout");
        upstream.end();
        request.named("GET /dl/{crate}").with("url.path", "/dl/" + "a".repeat(5_000)).end();
      }

      OtlpSpan request = receiver.await(span -> span.kind() == 2);
      OtlpSpan upstream = receiver.await(span -> span.kind() == 3);
      assertThat(receiver.spans()).hasSize(2);
      assertThat(request.trace()).isEqualTo(TRACE);
      assertThat(request.parent()).isEqualTo("b7ad6b7169203331");
      assertThat(request.name()).isEqualTo("GET /dl/{crate}");
      assertThat(request.attributes().get("url.path")).hasSize(1_024);
      assertThat(request.resource())
          .containsEntry("service.name", "lazaret")
          .containsEntry("service.version", "1.2.3");
      assertThat(upstream.parent()).isEqualTo(request.id());
      assertThat(upstream.attributes())
          .containsEntry("server.port", "443")
          .containsEntry("error.type", "timeout");
      assertThat(passedOn)
          .containsExactly(Map.entry("traceparent", "00-" + TRACE + "-" + upstream.id() + "-01"));
      assertThat(receiver.headers())
          .allSatisfy(h -> assertThat(h).containsEntry("X-token", List.of("secret")));
    }
  }

  @Test
  void requestThatIsNotSampledIsPassedOnAndNotSent() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      try (Tracer tracer = open(receiver.url(), 100)) {
        TraceSpan request = request(tracer, "00");
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.headers().get("traceparent"))
            .startsWith("00-" + TRACE)
            .endsWith("-00")
            .doesNotContain("b7ad6b7169203331");
        request.end();
      }

      assertThat(receiver.spans()).isEmpty();
    }
  }

  @Test
  void shareOfNoTracesSendsNoneThatBeginHere() {
    try (OtlpReceiver receiver = OtlpReceiver.start()) {
      try (Tracer tracer = open(receiver.url(), 0)) {
        tracer.begin("refresh feeds").end();
        tracer.beginRequest(_ -> Optional.empty()).end();
        request(tracer, "01").end();
      }

      receiver.await(span -> span.trace().equals(TRACE));
      assertThat(receiver.spans()).extracting(OtlpSpan::trace).containsExactly(TRACE);
    }
  }

  @Test
  void slowReceiverDelaysNeitherSpansNorTheEnd() {
    try (OtlpReceiver receiver = OtlpReceiver.start(Duration.ofSeconds(20))) {
      Tracer tracer = open(receiver.url(), 100);
      long begun = System.nanoTime();
      for (int i = 0; i < 20_000; i++) {
        tracer.begin("inspection").end();
      }
      tracer.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void absentReceiverDelaysNothing() {
    Tracer tracer = open("http://127.0.0.1:1", 100);
    tracer.begin("inspection").end();
    long begun = System.nanoTime();
    tracer.close();
    tracer.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
  }
}
