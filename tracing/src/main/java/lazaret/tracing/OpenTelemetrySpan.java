package lazaret.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import lazaret.vetting.trace.TraceSpan;

/// A span of the OpenTelemetry SDK.
///
/// @param tracer makes the spans that this one causes
/// @param span the span of the SDK
record OpenTelemetrySpan(Tracer tracer, Span span) implements TraceSpan {
  @Override
  public TraceSpan begin(String name) {
    return begin(name, SpanKind.INTERNAL);
  }

  @Override
  public TraceSpan beginRequest(String name) {
    return begin(name, SpanKind.CLIENT);
  }

  private TraceSpan begin(String name, SpanKind kind) {
    Context parent = Context.root().with(span);
    return new OpenTelemetrySpan(
        tracer, tracer.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan());
  }

  @Override
  public TraceSpan named(String name) {
    span.updateName(name);
    return this;
  }

  @Override
  public TraceSpan with(String attribute, String value) {
    span.setAttribute(attribute, value);
    return this;
  }

  @Override
  public TraceSpan with(String attribute, long value) {
    span.setAttribute(attribute, value);
    return this;
  }

  @Override
  public void fail(String type) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute("error.type", type);
  }

  @Override
  public void end() {
    span.end();
  }

  @Override
  public String traceId() {
    return span.getSpanContext().getTraceId();
  }

  @Override
  public Map<String, String> headers() {
    return TraceHeaders.write(Context.root().with(span));
  }
}
