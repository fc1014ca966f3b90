package lazaret.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Header fields of other programs, well-formed and hostile.
class TraceHeadersTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String PARENT = "00-" + TRACE + "-" + SPAN;

  private static SpanContext read(Map<String, String> headers) {
    return Span.fromContext(TraceHeaders.read(name -> Optional.ofNullable(headers.get(name))))
        .getSpanContext();
  }

  @Test
  void readsAndWritesAParent() {
    Map<String, String> headers =
        Map.of("traceparent", PARENT + "-01", "tracestate", "vendor=opaque,other@tenant=1");

    SpanContext context = read(headers);

    assertThat(context.getTraceId()).isEqualTo(TRACE);
    assertThat(context.getSpanId()).isEqualTo(SPAN);
    assertThat(context.isSampled()).isTrue();
    assertThat(context.isRemote()).isTrue();
    assertThat(TraceHeaders.write(TraceHeaders.read(n -> Optional.ofNullable(headers.get(n)))))
        .isEqualTo(headers);
  }

  @Test
  void respectsTheSampledFlag() {
    assertThat(read(Map.of("traceparent", PARENT + "-00")).isSampled()).isFalse();
    assertThat(read(Map.of("traceparent", PARENT + "-fe")).isSampled()).isFalse();
    assertThat(read(Map.of("traceparent", PARENT + "-ff")).isSampled()).isTrue();
  }

  @Test
  void acceptsALaterVersionByItsKnownPart() {
    assertThat(read(Map.of("traceparent", "cc-" + TRACE + "-" + SPAN + "-01-what-comes")).isValid())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-extra",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01what",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\u0661-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0z",
        "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
        // Two fields, as the server joins them.
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01,00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void ignoresAMalformedParent(String parent) {
    assertThat(read(Map.of("traceparent", parent, "tracestate", "a=b")).isValid()).isFalse();
  }

  @Test
  void ignoresAnOverlongParent() {
    assertThat(
            read(Map.of("traceparent", "cc-" + TRACE + "-" + SPAN + "-01-" + "a".repeat(10_000))))
        .isEqualTo(SpanContext.getInvalid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no pair", "KEY=a", "a=b\u0000", "a=\u00e9", "=", ","})
  void dropsAMalformedStateAlone(String state) {
    SpanContext context = read(Map.of("traceparent", PARENT + "-01", "tracestate", state));

    assertThat(context.isValid()).isTrue();
    assertThat(context.getTraceState().isEmpty()).isTrue();
  }

  @Test
  void dropsAnOverlongStateAlone() {
    Map<String, String> headers = new HashMap<>(Map.of("traceparent", PARENT + "-01"));
    headers.put("tracestate", "a=" + "b".repeat(511));
    assertThat(read(headers).getTraceState().isEmpty()).isTrue();
    assertThat(read(headers).isValid()).isTrue();

    String many =
        IntStream.range(0, 33).mapToObj(i -> "k" + i + "=v").collect(Collectors.joining(","));
    headers.put("tracestate", many);
    assertThat(read(headers).getTraceState().isEmpty()).isTrue();
  }
}
