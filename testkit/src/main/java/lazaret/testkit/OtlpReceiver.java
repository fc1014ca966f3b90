package lazaret.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// A receiver of traces on loopback, which keeps all spans. Thread-safe.
///
/// Source: OpenTelemetry Protocol, *OTLP/HTTP*.
public final class OtlpReceiver implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<OtlpSpan> spans = new CopyOnWriteArrayList<>();
  private final List<Map<String, List<String>>> headers = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  /// Starts a receiver.
  public static OtlpReceiver start() {
    return start(Duration.ZERO);
  }

  /// Starts a receiver that waits before each reply.
  public static OtlpReceiver start(Duration delay) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
      OtlpReceiver receiver = new OtlpReceiver(server);
      server.createContext("/v1/traces", exchange -> receiver.receive(exchange, delay));
      server.setExecutor(
          Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a receiver of traces", e);
    }
  }

  private void receive(HttpExchange exchange, Duration delay) throws IOException {
    try (exchange) {
      headers.add(Map.copyOf(exchange.getRequestHeaders()));
      spans.addAll(OtlpSpan.read(exchange.getRequestBody().readAllBytes()));
      Thread.sleep(delay);
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Returns scheme, host and port.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// Returns the received spans.
  public List<OtlpSpan> spans() {
    return List.copyOf(spans);
  }

  /// Returns the header fields of each export.
  public List<Map<String, List<String>>> headers() {
    return List.copyOf(headers);
  }

  /// Waits for a span.
  ///
  /// @throws AssertionError if it does not arrive
  public OtlpSpan await(Predicate<OtlpSpan> wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<OtlpSpan> found = spans.stream().filter(wanted).findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("the span did not arrive; received: " + spans);
      }
      try {
        Thread.sleep(Duration.ofMillis(20));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
