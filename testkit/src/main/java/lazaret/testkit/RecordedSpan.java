package lazaret.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lazaret.vetting.trace.TraceSpan;

/// A span that keeps its name, attributes and failure, with the spans that it causes. Thread-safe.
public final class RecordedSpan implements TraceSpan {
  private final List<RecordedSpan> children = Collections.synchronizedList(new ArrayList<>());
  private final SortedMap<String, Object> attributes =
      Collections.synchronizedSortedMap(new TreeMap<>());
  private volatile String name;
  private volatile String failure = "";
  private volatile boolean ended;

  /// Begins a span without a parent.
  public RecordedSpan(String name) {
    this.name = name;
  }

  @Override
  public TraceSpan begin(String child) {
    RecordedSpan span = new RecordedSpan(child);
    children.add(span);
    return span;
  }

  @Override
  public TraceSpan beginRequest(String child) {
    return begin(child);
  }

  @Override
  public TraceSpan named(String other) {
    name = other;
    return this;
  }

  @Override
  public TraceSpan with(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  @Override
  public TraceSpan with(String attribute, long value) {
    attributes.put(attribute, value);
    return this;
  }

  @Override
  public void fail(String type) {
    failure = type;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public String traceId() {
    return "0af7651916cd43dd8448eb211c80319c";
  }

  @Override
  public Map<String, String> headers() {
    return Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }

  /// Returns the name.
  public String name() {
    return name;
  }

  /// Returns the attributes by name.
  public Map<String, Object> attributes() {
    return Map.copyOf(attributes);
  }

  /// Returns the kind of the failure, or an empty text.
  public String failure() {
    return failure;
  }

  /// Returns whether the span ended.
  public boolean ended() {
    return ended;
  }

  /// Returns the spans that this one caused.
  public List<RecordedSpan> children() {
    return List.copyOf(children);
  }
}
