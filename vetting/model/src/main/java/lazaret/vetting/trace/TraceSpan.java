package lazaret.vetting.trace;

import java.util.Map;

/// One timed part of a trace, such as a request or an inspection. Names have few values; crates and
/// addresses are attributes. Attributes have neither tokens nor queries. Thread-safe; no method
/// blocks.
///
/// Source: OpenTelemetry, *Trace API* and *Semantic conventions*.
public interface TraceSpan {
  /// The span of everything that is not traced.
  TraceSpan NONE = new NoSpan();

  /// Begins a span of work that this one causes.
  TraceSpan begin(String name);

  /// Begins a span of a request to another server.
  TraceSpan beginRequest(String name);

  /// Changes the name.
  TraceSpan named(String name);

  /// Sets an attribute; a long value is cut.
  TraceSpan with(String attribute, String value);

  /// Sets an attribute.
  TraceSpan with(String attribute, long value);

  /// Marks the span as failed.
  ///
  /// @param type the kind of the failure, one of few words; never a message
  void fail(String type);

  /// Ends the span. Later calls have no effect.
  void end();

  /// Returns the id of the trace, 32 hexadecimal digits, or an empty text if there is none.
  String traceId();

  /// Returns the header fields that make a request to another server a part of this trace, by
  /// lower-case name; empty if there is no trace.
  ///
  /// Source: W3C Trace Context.
  Map<String, String> headers();
}
