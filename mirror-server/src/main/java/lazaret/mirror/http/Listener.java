package lazaret.mirror.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.Endpoint;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.Mistake;
import lazaret.mirror.config.Origin;
import lazaret.vetting.Bytes;

/// The server itself: ties [Front] to Helidon, HTTP/1.1 and HTTP/2, plain or TLS. One virtual
/// thread per request.
public final class Listener implements AutoCloseable {
  private static final HeaderName REQUEST_ID = HeaderNames.create("x-request-id");
  private static final HeaderName SHOWN_BY_CARGO = HeaderNames.create("x-amz-request-id");
  private static final Map<String, HeaderName> NAMES = new ConcurrentHashMap<>();
  private static final int LARGEST_BODY = 256 << 20;

  /// From here on a body is not copied. More than Helidon's write buffer of 4 KB, which would copy
  /// it after all.
  private static final int LARGE = 32 << 10;

  private static final int FIRST_SLICE = 16 << 10;

  private final ServerParts parts;
  private final AccessLog log;
  private final RequestIds ids = new RequestIds();
  private final WebServer server;
  private final Endpoint listening;
  private volatile Front front;

  private Listener(ServerParts parts, Bytes openApi) {
    this.parts = parts;
    MirrorConfig.Server wanted = parts.config().server();
    this.front = front(wanted.listen(), openApi);
    this.log = AccessLog.open(parts.config());
    this.server = build(wanted).build();
    try {
      server.start();
    } catch (RuntimeException e) {
      log.close();
      throw new ConfigException(
          List.of(
              new Mistake(
                  new Origin.Option("--listen"),
                  "cannot listen on %s: %s; is another gate running, or is the port taken?"
                      .formatted(wanted.listen(), rootMessage(e)))));
    }
    this.listening = wanted.listen().withPort(server.port());
    this.front = front(listening, openApi);
  }

  /// Starts to listen.
  ///
  /// @param openApi the description of the desk's API, JSON
  /// @throws ConfigException if the address is taken or the TLS files cannot be used
  public static Listener start(ServerParts parts, Bytes openApi) {
    return new Listener(parts, openApi);
  }

  private Front front(Endpoint at, Bytes openApi) {
    MirrorConfig.Server wanted = parts.config().server();
    HostNames names = new HostNames(at, wanted.publicUrl(), wanted.tls() != null);
    return new Front(parts, names, openApi);
  }

  /// Returns where it listens, with the port that was chosen.
  public Endpoint listening() {
    return listening;
  }

  /// Returns the address that clients use, without a slash at the end.
  public String url() {
    return front.url();
  }

  /// Stops: no new connections, requests under way finish within the grace period.
  @Override
  public void close() {
    front.health().stopping();
    server.stop();
    log.close();
  }

  private WebServerConfig.Builder build(MirrorConfig.Server wanted) {
    WebServerConfig.Builder builder =
        WebServer.builder()
            .bindAddress(address(wanted.listen()))
            // Nagle's algorithm and delayed acknowledgements cost 40 ms stalls otherwise.
            .connectionOptions(options -> options.tcpNoDelay(true))
            .useNio(false)
            .featuresDiscoverServices(false)
            .shutdownHook(false)
            .backlog(1024)
            .maxTcpConnections(wanted.connections().max())
            .idleConnectionTimeout(wanted.connections().idleTimeout())
            .shutdownGracePeriod(wanted.connections().stopTimeout())
            .maxPayloadSize(LARGEST_BODY)
            .routing(HttpRouting.builder().any(this::handle));
    MirrorConfig.Tls files = wanted.tls();
    if (files != null) {
      builder.tls(Certificates.load(files));
    } else {
      builder.tls(Tls.builder().enabled(false).build());
    }
    return builder;
  }

  private static InetSocketAddress address(Endpoint listen) {
    try {
      return new InetSocketAddress(InetAddress.getByName(listen.host()), listen.port());
    } catch (UnknownHostException _) {
      throw new ConfigException(
          List.of(
              new Mistake(
                  new Origin.Option("--listen"),
                  "'" + listen.host() + "' is no address of this machine")));
    }
  }

  private void handle(ServerRequest request, ServerResponse response) {
    long begun = System.nanoTime();
    Question question = question(request);
    Answer answer = front.answer(question);
    send(question, answer, response, request.prologue().protocolVersion().startsWith("1"));
    if (log.on()) {
      note(question, answer, begun);
    }
  }

  private Question question(ServerRequest request) {
    return new Question(
        request.prologue().method().text(),
        request.prologue().uriPath().rawPath(),
        request.prologue().hasQuery() ? request.prologue().query().rawValue() : "",
        String.valueOf(request.authority()),
        peer(request),
        name -> header(request, name),
        limit -> body(request, limit),
        ids.next());
  }

  private static String peer(ServerRequest request) {
    return request.remotePeer().address() instanceof InetSocketAddress socket
        ? socket.getAddress().getHostAddress()
        : "unknown";
  }

  private static Optional<String> header(ServerRequest request, String name) {
    return request.headers().first(name(name));
  }

  private static HeaderName name(String lowerCase) {
    HeaderName known = NAMES.get(lowerCase);
    if (known == null) {
      known = HeaderNames.create(lowerCase);
      NAMES.put(lowerCase, known);
    }
    return known;
  }

  private static Optional<byte[]> body(ServerRequest request, int limit) {
    if (!request.content().hasEntity()) {
      return Optional.of(new byte[0]);
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] read = in.readNBytes(limit + 1);
      return read.length > limit ? Optional.empty() : Optional.of(read);
    } catch (IOException e) {
      throw new UncheckedIOException("the client's body broke off", e);
    }
  }

  private static void send(
      Question question, Answer answer, ServerResponse response, boolean http1) {
    response.status(Status.create(answer.status()));
    for (Answer.Field field : answer.fields()) {
      response.header(HeaderValues.create(name(field.name()), field.value()));
    }
    response.header(HeaderValues.create(REQUEST_ID, question.id()));
    if (answer.status() >= 400) {
      response.header(HeaderValues.create(SHOWN_BY_CARGO, question.id()));
    }
    if (answer.status() == 304) {
      response.send();
    } else if (question.method().equals("HEAD")) {
      Header length = HeaderValues.create(HeaderNames.CONTENT_LENGTH, answer.body().length());
      response.header(length);
      response.send();
    } else if (http1 && answer.body().length() > LARGE) {
      sendLarge(answer.body(), response);
    } else {
      response.send(answer.body().array());
    }
  }

  /// Helidon copies what it sends at once, head and body, into one new buffer: so many bytes of
  /// heap for each request under way. Here only the first slice is copied, together with the head,
  /// and the rest goes to the socket as it is.
  private static void sendLarge(Bytes body, ServerResponse response) {
    byte[] bytes = body.array();
    response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length));
    try (OutputStream out = response.outputStream()) {
      out.write(bytes, 0, FIRST_SLICE);
      out.write(bytes, FIRST_SLICE, bytes.length - FIRST_SLICE);
    } catch (IOException e) {
      throw new UncheckedIOException("the client went away", e);
    }
  }

  private void note(Question question, Answer answer, long begun) {
    Instant at = parts.clock().instant();
    long micros = Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1_000;
    log.add(
        new AccessLog.Line(
            at,
            question.id(),
            question.method(),
            question.path(),
            answer.status(),
            answer.status() == 304 ? 0 : answer.body().length(),
            micros,
            front.doorman().asker(question).token(),
            question.address()));
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
