package lazaret.vetting.trace;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;

/// The source of the first spans of this program, and the export of all its spans. It is an
/// optional plug-in of a server, which does not depend on it. Export is bounded and never delays
/// the code that ends a span. Thread-safe.
public interface Tracer extends AutoCloseable {
  /// The tracer that makes no spans.
  Tracer OFF = new NoTracer();

  /// Begins the span of a request from another program. It continues the trace that the request
  /// names, if its header fields are well-formed, and is recorded as the other program decided.
  ///
  /// @param headers finds a header field by its lower-case name; repeated ones are joined by commas
  TraceSpan beginRequest(Function<String, Optional<String>> headers);

  /// Begins the span of work that no request causes.
  TraceSpan begin(String name);

  /// Exports the collected spans, and gives up after a second. Closing twice is allowed.
  @Override
  void close();

  /// A factory of the tracer.
  interface Factory {
    /// Opens a tracer. Nothing is sent yet.
    Tracer open(TraceSettings settings);
  }

  /// Returns the factory among the providers of this program, or empty if there is none.
  static Optional<Factory> find() {
    return ServiceLoader.load(Factory.class).findFirst();
  }
}
