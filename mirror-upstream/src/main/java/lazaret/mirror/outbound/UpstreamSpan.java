package lazaret.mirror.outbound;

import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.TraceSpan;

/// The span of one request to another server. Attributes have neither credentials nor queries.
///
/// Source: OpenTelemetry, *Semantic conventions for HTTP spans*.
final class UpstreamSpan {
  private static final String METHOD = "GET";

  private UpstreamSpan() {}

  /// Sends a request in a span below that of the current thread.
  ///
  /// @param exchange sends the request with additional header fields, which pass the trace on
  static OutboundExchange.Result send(
      URI at, Function<Map<String, String>, OutboundExchange.Result> exchange) {
    return CurrentSpan.of(
        CurrentSpan.get().beginRequest(METHOD),
        span -> {
          span.with("http.request.method", METHOD)
              .with("server.address", at.getHost())
              .with("server.port", port(at))
              .with("url.full", shown(at));
          OutboundExchange.Result result = exchange.apply(span.headers());
          settle(span, result);
          return result;
        });
  }

  private static void settle(TraceSpan span, OutboundExchange.Result result) {
    switch (result) {
      case OutboundExchange.Result.Arrived arrived -> {
        int status = arrived.response().statusCode();
        span.with("http.response.status_code", status);
        if (status >= 400) {
          span.fail(String.valueOf(status));
        }
      }
      case OutboundExchange.Result.Failed failed -> span.fail(failed.kind().label());
      case OutboundExchange.Result.Spent _ -> span.fail(FailureKind.BUDGET.label());
    }
  }

  private static int port(URI at) {
    if (at.getPort() >= 0) {
      return at.getPort();
    }
    return "https".equals(at.getScheme()) ? 443 : 80;
  }

  /// Returns an address without user info, query and fragment.
  private static String shown(URI at) {
    return at.getScheme() + "://" + OutboundExchange.location(at) + at.getRawPath();
  }
}
