package lazaret.mirror.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// A client for single requests to one configured service, and to addresses that the service names.
/// A request is sent once: redirects are responses, and failures are not repeated. Each request is
/// bounded in size and in time (15 s), and 16 are in progress at most. Upstream's credentials are
/// never sent. Thread-safe; blocks.
public final class DirectClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int MAX_CONCURRENT = 16;

  private final URI service;
  private final UpstreamOptions options;
  private final DestinationPolicy destinations;
  private final ExecutorService threads;
  private final HttpClient client;
  private final Semaphore places = new Semaphore(MAX_CONCURRENT, true);

  /// A request.
  ///
  /// @param headers in addition to the User-Agent; they may contain secrets
  /// @param body the body of a POST request; null for a GET request
  /// @param maxBytes the maximum size of the body of a response
  public record Request(
      URI address, Map<String, String> headers, @Nullable Bytes body, int maxBytes) {
    /// Copies the headers.
    public Request {
      headers = Map.copyOf(headers);
    }

    /// Returns the address without its query, and no header.
    @Override
    public String toString() {
      return (body == null ? "GET " : "POST ") + DestinationPolicy.shown(address);
    }
  }

  /// The result of a request.
  public sealed interface Reply {
    /// A whole response of any status.
    record Received(int status, Bytes body) implements Reply {}

    /// A request without a whole response.
    ///
    /// @param why one clause for a person, without secrets
    record Failed(String why) implements Reply {}
  }

  /// Creates a client.
  ///
  /// @param service the configured address, whose host may be private
  /// @param options as for upstream: proxy, authorities and contact are used; `allowedPrivate`
  ///   lists the other private hosts that the service may name
  /// @param key the key of the configuration with these hosts, for messages
  /// @throws UpstreamException if a file of authorities or the proxy cannot be used
  public DirectClient(URI service, UpstreamOptions options, String key) {
    UpstreamOptions.Timeouts timeouts =
        new UpstreamOptions.Timeouts(CONNECT_TIMEOUT, TIMEOUT, TIMEOUT, TIMEOUT);
    UpstreamOptions.Network network = options.network();
    URI proxy = network.proxy();
    ProxyRoute route = proxy == null ? null : new ProxyRoute(proxy, network.noProxy());
    Predicate<String> proxied = route == null ? _ -> false : route::goesThrough;
    ProxySelector selector = route == null ? HttpClient.Builder.NO_PROXY : route;
    this.service = service;
    this.options = options;
    this.destinations =
        new DestinationPolicy(
            service, network.allowedPrivate(), proxied, DestinationPolicy.Resolver.SYSTEM, key);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("direct-", 0).factory());
    this.client =
        HttpClients.create(
            options.withTimeouts(timeouts), selector, TrustedAuthorities.context(network), threads);
  }

  /// Sends a request and waits for the response.
  public Reply send(Request request) {
    return switch (destinations.check(service, request.address())) {
      case DestinationPolicy.Decision.Allowed _ -> admitted(request);
      case DestinationPolicy.Decision.Refused(String why) -> new Reply.Failed(why);
      case DestinationPolicy.Decision.Unresolved(String host) ->
          new Reply.Failed("the name '" + host + "' does not resolve");
    };
  }

  private Reply admitted(Request request) {
    String place = OutboundExchange.location(request.address());
    try {
      if (!places.tryAcquire(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Reply.Failed(MAX_CONCURRENT + " requests to " + place + " are in progress");
      }
      try {
        return sent(request, place);
      } finally {
        places.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply.Failed("the request to " + place + " was canceled");
    }
  }

  private Reply sent(Request request, String place) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            http(request),
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), request.maxBytes()));
    try {
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply.Received(response.statusCode(), Bytes.of(response.body()));
    } catch (TimeoutException _) {
      return new Reply.Failed(place + " sent no whole response within 15 s");
    } catch (ExecutionException e) {
      return new Reply.Failed(why(place, e.getCause()));
    } finally {
      answer.cancel(true);
    }
  }

  private HttpRequest http(Request request) {
    HttpRequest.Builder http =
        HttpRequest.newBuilder(request.address())
            .timeout(TIMEOUT)
            .header("User-Agent", IndexAddress.userAgent(options.contact()));
    request.headers().forEach(http::header);
    ProxyRoute.authorization(options.network())
        .ifPresent(value -> http.header("Proxy-Authorization", value));
    Bytes body = request.body();
    return body == null
        ? http.GET().build()
        : http.POST(HttpRequest.BodyPublishers.ofByteArray(body.array())).build();
  }

  private static String why(String place, @Nullable Throwable cause) {
    String detail =
        cause == null || cause.getMessage() == null
            ? ""
            : " (" + Excerpt.of(String.valueOf(cause.getMessage())) + ")";
    return switch (cause) {
      case HttpTimeoutException _ -> place + " sent no response in time";
      case SSLException _ -> "no trusted TLS connection to " + place + " can be made" + detail;
      case ConnectException _ -> place + " cannot be reached";
      case IOException _ -> "the response of " + place + " is not whole or too large" + detail;
      case null, default -> "the connection to " + place + " broke" + detail;
    };
  }

  /// Ends all requests in progress.
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
