package lazaret.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The header fields `traceparent` and `tracestate`. A malformed or overlong `traceparent` begins a
/// new trace; a malformed or overlong `tracestate` is dropped alone.
///
/// Source: W3C Trace Context, sections 3.2 and 3.3.
final class TraceHeaders {
  private static final String STATE = "tracestate";

  /// The longest `traceparent`. Version 0 has 55 characters, and later ones may have more.
  private static final int MAX_PARENT = 128;

  /// The longest `tracestate`, which a program should at least pass on.
  private static final int MAX_STATE = 512;

  private TraceHeaders() {}

  /// A reader of header fields within limits.
  private enum Getter implements TextMapGetter<Function<String, Optional<String>>> {
    FIELDS;

    @Override
    public @Nullable String get(@Nullable Function<String, Optional<String>> headers, String name) {
      int most = name.equals(STATE) ? MAX_STATE : MAX_PARENT;
      return headers == null
          ? null
          : headers.apply(name).filter(value -> value.length() <= most).orElse(null);
    }
  }

  static Context read(Function<String, Optional<String>> headers) {
    return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Getter.FIELDS);
  }

  static Map<String, String> write(Context context) {
    Map<String, String> fields = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(
            context,
            fields,
            (to, name, value) -> {
              if (to != null) {
                to.put(name, value);
              }
            });
    return fields;
  }
}
