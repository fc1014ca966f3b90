package lazaret.mirror.server;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.http.AccessLogLine;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.RouteKind;
import lazaret.vetting.LazaretException;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Operations;
import lazaret.vetting.origin.NameOrigins;
import lazaret.vetting.trace.TraceSpan;
import lazaret.vetting.trace.Tracer;
import org.jspecify.annotations.Nullable;

/// The spans of requests to this server. Attributes have no query, no header field and no path of
/// the desk: only the path of a request for the registry is recorded as sent, unless it has a
/// private or reserved name.
///
/// Source: OpenTelemetry, *Semantic conventions for HTTP spans*.
final class RequestSpans {
  /// The methods that HTTP defines (RFC 9110 section 9, RFC 5789).
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final Tracer tracer;
  private final String scheme;
  private final String host;
  private final int port;
  private final NameOrigins origins;

  /// Creates the source of spans.
  RequestSpans(Tracer tracer, MirrorConfig.Server server, NameOrigins origins) {
    this.tracer = tracer;
    this.origins = origins;
    URI named = server.publicUrl();
    this.scheme = named != null ? named.getScheme() : server.tls() == null ? "http" : "https";
    this.host = named != null ? named.getHost() : server.listen().host();
    this.port = named != null ? named.getPort() : server.listen().port();
  }

  /// Begins the span of a request.
  ///
  /// @param headers finds a header field by its lower-case name
  TraceSpan begin(Function<String, Optional<String>> headers) {
    return tracer.beginRequest(headers);
  }

  /// Ends the span of a request.
  ///
  /// @param answer null if the client disconnected before the response
  /// @param protocol as in the access log
  void end(TraceSpan span, HttpRequest question, @Nullable HttpResponse answer, String protocol) {
    if (span.traceId().isEmpty()) {
      return;
    }
    String method = METHODS.contains(question.method()) ? question.method() : "_OTHER";
    String name = method.equals("_OTHER") ? "HTTP" : method;
    Optional<String> route = route(question);
    span.named(route.map(path -> name + " " + path).orElse(name))
        .with("http.request.method", method)
        .with("url.scheme", scheme)
        .with("url.path", path(question, route.orElse("/")))
        .with("server.address", host)
        .with("network.protocol.version", protocol.equals(AccessLogLine.HTTP2) ? "2" : "1.1")
        .with("lazaret.request.id", question.id());
    route.ifPresent(path -> span.with("http.route", path));
    if (port > 0) {
      span.with("server.port", port);
    }
    settle(span, answer);
    span.end();
  }

  private static void settle(TraceSpan span, @Nullable HttpResponse answer) {
    if (answer == null) {
      span.fail("disconnected");
      return;
    }
    span.with("http.response.status_code", answer.status());
    if (!answer.code().isEmpty()) {
      span.with("lazaret.refusal.code", answer.code());
    }
    if (answer.status() >= 500) {
      span.fail(String.valueOf(answer.status()));
    }
  }

  /// Returns the path with names in the place of values, or empty if the path has no handler.
  private static Optional<String> route(HttpRequest question) {
    RouteKind kind = RouteKind.of(question.path());
    return switch (kind) {
      case INDEX,
          AUDITS,
          SNAPSHOTS,
          HEALTH,
          WEB_DESK,
          IDENTITY,
          WEB_API,
          PRIVATE,
          TOOLCHAINS,
          SITE,
          DOCUMENTATION ->
          Optional.of(kind.prefix() + "{path}");
      case DOWNLOAD -> Optional.of(kind.prefix() + "{crate}/{version}/{sha256-checksum}");
      case METRICS -> Optional.of(kind.prefix());
      case DESK ->
          DeskHandler.operation(question)
              .map(Operation::route)
              .map(route -> Operations.PREFIX + route.path());
      case PAGE -> question.path().equals("/") ? Optional.of("/") : Optional.empty();
    };
  }

  private String path(HttpRequest question, String route) {
    return switch (RouteKind.of(question.path())) {
      case INDEX, DOWNLOAD, SNAPSHOTS -> isPublic(question.path()) ? question.path() : route;
      case AUDITS, TOOLCHAINS, HEALTH, METRICS -> question.path();
      // A path of documentation contains a token, and one of the private registry what it hosts.
      case DESK, WEB_DESK, IDENTITY, WEB_API, PRIVATE, SITE, DOCUMENTATION, PAGE -> route;
    };
  }

  /// Returns whether no part of a path is a private or reserved name. A client can ask for such a
  /// name at a public path.
  private boolean isPublic(String path) {
    String plain = path.replace("%2B", "+").replace("%2b", "+");
    try {
      return plain.indexOf('%') < 0 && origins.arePublic(plain);
    } catch (LazaretException _) {
      return false; // The names cannot be read now.
    }
  }
}
