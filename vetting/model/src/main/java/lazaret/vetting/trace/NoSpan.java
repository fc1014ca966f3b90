package lazaret.vetting.trace;

import java.util.Map;

/// The span of everything that is not traced.
final class NoSpan implements TraceSpan {
  @Override
  public TraceSpan begin(String name) {
    return this;
  }

  @Override
  public TraceSpan beginRequest(String name) {
    return this;
  }

  @Override
  public TraceSpan named(String name) {
    return this;
  }

  @Override
  public TraceSpan with(String attribute, String value) {
    return this;
  }

  @Override
  public TraceSpan with(String attribute, long value) {
    return this;
  }

  @Override
  public void fail(String type) {}

  @Override
  public void end() {}

  @Override
  public String traceId() {
    return "";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of();
  }
}
