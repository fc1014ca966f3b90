package lazaret.mirror.server;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Method;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import lazaret.mirror.budget.TransferWatch;
import lazaret.mirror.clients.Client;
import lazaret.mirror.clients.ClientConnection;
import lazaret.mirror.clients.ClientConnections;
import lazaret.mirror.http.AccessLog;
import lazaret.mirror.http.AccessLogLine;
import lazaret.mirror.http.FileBody;
import lazaret.mirror.http.HostNames;
import lazaret.mirror.http.Http1Writer;
import lazaret.mirror.http.HttpRequest;
import lazaret.mirror.http.HttpResponse;
import lazaret.mirror.http.IncomingBody;
import lazaret.mirror.http.RequestBudget;
import lazaret.mirror.http.RequestIds;
import lazaret.mirror.http.ResponseWriter;
import lazaret.mirror.http.RouteKind;
import lazaret.mirror.socket.SocketPeers;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.gate.shares.UpstreamWait;
import lazaret.vetting.gate.store.Requester;
import lazaret.vetting.trace.CurrentSpan;
import lazaret.vetting.trace.TraceSpan;
import org.jspecify.annotations.Nullable;

/// The adapter between Helidon and the handlers. It converts requests and responses, and counts and
/// logs each. Thread-safe.
final class HelidonAdapter implements DirectHandler {
  private static final HeaderName SHOWN_BY_CARGO = HeaderNames.create("x-amz-request-id");
  private static final String MALFORMED = ErrorCode.MALFORMED_INPUT.code();
  private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();

  /// The fields whose values differ from response to response. Over HTTP/2 the library puts all
  /// others into the table of the connection (RFC 7541 §2.3.2), which these would only fill.
  private static final Set<String> CHANGING = Set.of("age", "etag", "last-modified");

  private final Clock clock;
  private final HttpCounters meters;
  private final AccessLog log;
  private final RequestSpans spans;
  private final ClientConnections connections;
  private final TransferWatch watch;
  private final SocketPeers peers = new SocketPeers();
  private final RequestIds ids = new RequestIds();
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile @Nullable Router front;

  HelidonAdapter(Clock clock, Counted counted, ClientConnections connections, TransferWatch watch) {
    this.clock = clock;
    this.meters = counted.meters();
    this.log = counted.log();
    this.spans = counted.spans();
    this.connections = connections;
    this.watch = watch;
  }

  /// The counters, the log and the spans that record each request.
  record Counted(HttpCounters meters, AccessLog log, RequestSpans spans) {}

  ClientConnections connections() {
    return connections;
  }

  /// Returns the users who are connected to the unix socket.
  SocketPeers peers() {
    return peers;
  }

  /// Admits requests, which wait until then. The handlers need the port that the system chose.
  void open(Router behind) {
    front = behind;
    opened.countDown();
  }

  private Router front() throws InterruptedException {
    Router open = front;
    while (open == null) {
      opened.await();
      open = front;
    }
    return open;
  }

  void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    TraceSpan span = spans.begin(name -> header(request, name));
    if (span.traceId().isEmpty()) {
      handle(request, response, span);
    } else {
      CurrentSpan.in(
          span,
          () -> {
            handle(request, response, span);
            return span;
          });
    }
  }

  private void handle(ServerRequest request, ServerResponse response, TraceSpan span)
      throws InterruptedException {
    long begun = System.nanoTime();
    meters.began();
    ClientConnection connection = connection(request);
    if (connection != null) {
      connection.began();
    }
    IncomingBody body = new IncomingBody(request, watch, watched(request));
    HttpRequest question = request(request, connection, body);
    HttpResponse answer = null;
    boolean sending = false;
    Client client = question.client();
    UpstreamWait wait = new UpstreamWait();
    try {
      Router router = front();
      try (Router.Handled answered = wait.measure(() -> router.respond(question))) {
        answer = answered.respond();
        client = answered.client();
        if (connection != null) {
          connections.count(connection, client);
          connection.sends(answer.length());
          sending = true;
        }
        send(question, answered, request, response);
      }
      if (isHttp2(request)) {
        body.drain(router.bodies());
      }
    } finally {
      if (connection != null) {
        connection.ended(sending);
      }
      String protocol = isHttp2(request) ? AccessLogLine.HTTP2 : AccessLogLine.HTTP1;
      long nanos = System.nanoTime() - begun;
      note(question, answer, new Logged(client, protocol, nanos, wait.nanos(), span));
      if (isHttp2(request)) {
        body.abandon();
      }
    }
    if (closes(request, response)) {
      commit(response);
      // Helidon 4.5.0 announces that it closes the connection, but keeps it open.
      throw new CloseConnectionException("the connection was to be closed");
    }
  }

  private static boolean closes(ServerRequest request, ServerResponse response) {
    // The tokens are separated only if there is the field at all.
    return !isHttp2(request) && (closes(response.headers()) || closes(request.headers()));
  }

  private static boolean closes(Headers headers) {
    return headers.contains(HeaderNames.CONNECTION)
        && headers.containsToken(HeaderValues.CONNECTION_CLOSE);
  }

  private static void commit(ServerResponse response) {
    if (response instanceof RoutingResponse streamed && streamed.hasEntity()) {
      streamed.commit();
    }
  }

  /// The facts of a request that are absent from the request and response values.
  private record Logged(
      Client client, String protocol, long nanos, long upstreamNanos, TraceSpan span) {}

  private void note(HttpRequest question, @Nullable HttpResponse answer, Logged logged) {
    long nanos = logged.nanos();
    // 499, as in other servers: the client disconnected before the response.
    int status = answer == null ? 499 : answer.status();
    boolean body = answer != null && status != 304 && !question.method().equals("HEAD");
    long bytes = body && answer != null ? answer.length() : 0;
    String code = answer == null ? "" : answer.code();
    meters.ended(
        new HttpCounters.Sent(
            RouteKind.of(question.path()), status, code, bytes, nanos, logged.upstreamNanos()));
    spans.end(logged.span(), question, answer, logged.protocol());
    if (log.on()) {
      log.add(
          new AccessLogLine(
              clock.instant(),
              question.id(),
              logged.span().traceId(),
              new AccessLogLine.Call(question.method(), question.path(), logged.protocol()),
              new AccessLogLine.Result(status, bytes, nanos / 1_000, code),
              origin(question, logged.client().requester())));
    }
  }

  private AccessLogLine.Origin origin(HttpRequest question, Requester requester) {
    return log.combined()
        ? new AccessLogLine.Origin(
            requester,
            question.header("referer").orElse(""),
            question.header("user-agent").orElse(""))
        : new AccessLogLine.Origin(requester, "", "");
  }

  private HttpRequest request(
      ServerRequest request, @Nullable ClientConnection connection, IncomingBody body) {
    return new HttpRequest(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPath(),
        request.prologue().query().rawValue(),
        authority(request),
        request.localPeer().address() instanceof InetSocketAddress socket ? socket : null,
        client(request, connection),
        name -> header(request, name),
        body::read,
        ids.later());
  }

  private static String authority(ServerRequest request) {
    return request.localPeer().address() instanceof UnixDomainSocketAddress
        ? HostNames.SOCKET
        : request.headers().first(HeaderNames.HOST).orElse("");
  }

  private Client client(ServerRequest request, @Nullable ClientConnection connection) {
    if (!(request.remotePeer().address() instanceof InetSocketAddress)) {
      String user = peers.of(request).orElse("local");
      return new Client(new Client.Source.Local(user), Optional.empty(), null);
    }
    Client peer =
        connection == null ? Client.of(request.remotePeer().address()) : connection.client();
    return connections.proxies().client(peer, name -> header(request, name));
  }

  private static Optional<String> header(ServerRequest request, String name) {
    HeaderName field = name(name);
    if (!request.headers().contains(field)) {
      return Optional.empty();
    }
    Header header = request.headers().get(field);
    return Optional.of(header.valueCount() == 1 ? header.get() : header.values());
  }

  private static HeaderName name(String lowerCase) {
    HeaderName known = NAMES.get(lowerCase);
    if (known == null) {
      known = HeaderNames.create(lowerCase);
      NAMES.put(lowerCase, known);
    }
    return known;
  }

  private void send(
      HttpRequest question,
      Router.Handled answered,
      ServerRequest request,
      ServerResponse response) {
    HttpResponse answer = answered.respond();
    FileBody file = answer.file();
    if (file == null && isPlainGet(request) && writes(answered, request, response)) {
      return;
    }
    response.status(Status.create(answer.status()));
    for (HttpResponse.Field field : answer.fields()) {
      // A response can set several cookies: each has a field of its own (RFC 6265 section 3).
      response.headers().add(header(field.name(), field.value()));
    }
    if (answer.status() >= 400) {
      response.header(HeaderValues.create(HttpServer.REQUEST_ID, true, false, question.id()));
      response.header(HeaderValues.create(SHOWN_BY_CARGO, true, false, question.id()));
      if (request.content().hasEntity() && !isHttp2(request)) {
        // A refused client need not send the rest of a large body, which would be discarded.
        response.header(HeaderValues.CONNECTION_CLOSE);
      }
    }
    if (answer.status() == 304) {
      response.send();
    } else if (question.method().equals("HEAD")) {
      ResponseWriter.length(answer.length(), response);
      response.send();
    } else if (file != null) {
      try (TransferWatch.Transfer transfer = watched(answered.budget(), request)) {
        ResponseWriter.file(file, response, isHttp2(request), transfer);
      }
    } else if (answer.body().length() > ResponseWriter.LARGE) {
      try (TransferWatch.Transfer transfer = watched(answered.budget(), request)) {
        ResponseWriter.large(answer.body(), response, isHttp2(request), transfer);
      }
    } else {
      ResponseWriter.small(answer.body(), response);
    }
  }

  private static Header header(String name, String value) {
    return CHANGING.contains(name)
        ? HeaderValues.create(name(name), true, false, value)
        : HeaderValues.create(name(name), value);
  }

  /// Returns the connection of a request in the form that the transfer watch uses.
  private TransferWatch.Connection watched(ServerRequest request) {
    ClientConnection connection = connection(request);
    return connection == null
        ? new TransferWatch.Connection(request.socketId(), () -> {})
        : new TransferWatch.Connection(connection, connection::abort);
  }

  private @Nullable ClientConnection connection(ServerRequest request) {
    return connections.find(request.remotePeer().address(), request.socketId());
  }

  private TransferWatch.@Nullable Transfer watched(
      @Nullable RequestBudget budget, ServerRequest request) {
    return budget == null
        ? null
        : watch.begin(TransferWatch.Direction.SENT, budget.respond().budget(), watched(request));
  }

  private boolean writes(Router.Handled answered, ServerRequest request, ServerResponse response) {
    boolean large = answered.respond().body().length() > ResponseWriter.LARGE;
    try (TransferWatch.Transfer transfer = watched(large ? answered.budget() : null, request)) {
      return Http1Writer.write(answered.respond(), response, transfer, plain(request));
    }
  }

  /// Returns the connection of a request without TLS; null if it has TLS or is not known.
  private @Nullable ClientConnection plain(ServerRequest request) {
    return request.isSecure() ? null : connection(request);
  }

  /// Returns whether a response needs nothing beyond its own head and body.
  private static boolean isPlainGet(ServerRequest request) {
    return request.prologue().method().equals(Method.GET)
        && request.prologue().protocolVersion().equals("1.1")
        && !request.headers().contains(HeaderNames.CONNECTION)
        && !request.content().hasEntity();
  }

  private static boolean isHttp2(ServerRequest request) {
    return request.prologue().protocolVersion().startsWith("2");
  }

  /// Answers a request that the library rejects before it reaches a handler. Such a request has no
  /// host, for example, or a header that two servers could read differently (request smuggling). No
  /// part of it is repeated to the client.
  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType event,
      Status found,
      ServerResponseHeaders headers,
      @Nullable String message) {
    String id = ids.next();
    // The library reports input that it cannot parse at all, such as a method that is not a token,
    // as an internal error without any data of the request.
    boolean unparsed = event == EventType.INTERNAL_ERROR && request.method().isEmpty();
    Status status = unparsed ? Status.BAD_REQUEST_400 : found;
    meters.began();
    meters.ended(new HttpCounters.Sent(RouteKind.PAGE, status.code(), MALFORMED, 0, 0, 0));
    log.add(
        new AccessLogLine(
            clock.instant(),
            id,
            "",
            new AccessLogLine.Call(request.method(), request.path(), AccessLogLine.HTTP1),
            new AccessLogLine.Result(status.code(), 0, 0, MALFORMED),
            new AccessLogLine.Origin(new Requester(Requester.ANONYMOUS, "-"), "", "")));
    headers.set(HeaderValues.create(HttpServer.REQUEST_ID, id));
    return TransportResponse.builder()
        .status(status)
        .headers(headers)
        .keepAlive(false)
        .entity("the request is malformed (" + status.code() + ")\nRequest: " + id + "\n")
        .build();
  }
}
