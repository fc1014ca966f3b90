package lazaret.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.ProxySelector;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import lazaret.vetting.trace.TraceSettings;
import lazaret.vetting.trace.TraceSpan;
import lazaret.vetting.trace.Tracer;

/// A tracer on the OpenTelemetry SDK. Ended spans are queued, and one thread exports them by OTLP
/// over HTTP. While the queue is full, further spans are dropped. Thread-safe.
public final class OpenTelemetryTracer implements Tracer {
  private static final int MAX_QUEUE = 2_048;
  private static final int MAX_BATCH = 256;
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /// The maximum of one attribute in characters, and of attributes of one span.
  private static final SpanLimits LIMITS =
      SpanLimits.builder()
          .setMaxAttributeValueLength(1_024)
          .setMaxNumberOfAttributes(32)
          .setMaxNumberOfEvents(0)
          .setMaxNumberOfLinks(0)
          .build();

  private final SdkTracerProvider provider;
  private final io.opentelemetry.api.trace.Tracer tracer;

  private OpenTelemetryTracer(SdkTracerProvider provider, String version) {
    this.provider = provider;
    this.tracer = provider.tracerBuilder("lazaret").setInstrumentationVersion(version).build();
  }

  /// The factory that the server finds by the JDK's service loader.
  public static final class Opener implements Tracer.Factory {
    /// Creates the factory.
    public Opener() {}

    @Override
    public Tracer open(TraceSettings settings) {
      return OpenTelemetryTracer.open(settings);
    }
  }

  private static OpenTelemetryTracer open(TraceSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.endpoint().toString())
            .setConnectTimeout(TIMEOUT)
            .setTimeout(TIMEOUT)
            // Never the JVM's own selector: only the configuration of the server applies.
            .setProxy(ProxyOptions.create(ProxySelector.of(null)));
    settings.headers().forEach(exporter::addHeader);
    SdkTracerProvider provider =
        SdkTracerProvider.builder()
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "lazaret",
                        AttributeKey.stringKey("service.version"),
                        settings.version())))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.percent() / 100.0)))
            .setSpanLimits(LIMITS)
            .addSpanProcessor(
                BatchSpanProcessor.builder(exporter.build())
                    .setMaxQueueSize(MAX_QUEUE)
                    .setMaxExportBatchSize(MAX_BATCH)
                    .setScheduleDelay(INTERVAL)
                    .setExporterTimeout(TIMEOUT)
                    .build())
            .build();
    return new OpenTelemetryTracer(provider, settings.version());
  }

  @Override
  public TraceSpan beginRequest(Function<String, Optional<String>> headers) {
    Context parent = TraceHeaders.read(headers);
    return new OpenTelemetrySpan(
        tracer,
        tracer.spanBuilder("HTTP").setParent(parent).setSpanKind(SpanKind.SERVER).startSpan());
  }

  @Override
  public TraceSpan begin(String name) {
    return new OpenTelemetrySpan(tracer, tracer.spanBuilder(name).setNoParent().startSpan());
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
