package lazaret.mirror.outbound;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import lazaret.mirror.outbound.UpstreamOptions.Timeouts;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The sending of one request over the JDK's client, with a wait for the whole response. Every step
/// is bounded: the time until the connection, until the headers, for a slow body and for the whole
/// transfer, and the size. Thread-safe; blocks.
///
/// The client itself bounds only the time until the headers, so this class watches the body.
public final class OutboundExchange {
  /// The result of a request, including redirects and all other statuses.
  sealed interface Result {
    /// A whole response; the body is empty unless the status is 200 or 206.
    record Arrived(HttpResponse<Bytes> response) implements Result {}

    /// A failure.
    record Failed(FailureKind kind, String why) implements Result {}

    /// A request that was not sent, because the budget is used up.
    record Spent(String why, Duration until) implements Result {}
  }

  private final HttpClient client;
  private final Timeouts timeouts;
  private final UpstreamMeters meters;
  private final BodyMemory room;

  public OutboundExchange(
      HttpClient client, Timeouts timeouts, UpstreamMeters meters, BodyMemory room) {
    this.client = client;
    this.timeouts = timeouts;
    this.meters = meters;
    this.room = room;
  }

  /// Sends a request and waits for the response.
  ///
  /// @param maxBytes the maximum size of a body with status 200 or 206
  Result send(HttpRequest request, long maxBytes) {
    String place = location(request.uri());
    // A body larger than all of the memory could never be accepted.
    var body = new BodyCollector(Math.min(maxBytes, room.size()), room, meters::received);
    CompletableFuture<HttpResponse<Bytes>> answer = client.sendAsync(request, body);
    try {
      return whole(await(answer, body), body, place);
    } catch (TimeoutException e) {
      body.cancel();
      answer.cancel(true);
      return new Result.Failed(FailureKind.STALL, place + " " + e.getMessage());
    } catch (InterruptedException _) {
      body.cancel();
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return new Result.Failed(FailureKind.CANCELLED, "the request to " + place + " was canceled");
    } catch (ExecutionException e) {
      return failed(place, body, e.getCause());
    } finally {
      body.free();
    }
  }

  private static Result whole(HttpResponse<Bytes> response, BodyCollector body, String place) {
    // Needed over HTTP/2, if a stream ends cleanly before its announced length.
    long announced = body.announced().orElse(body.received());
    return BodyCollector.hasContent(response.statusCode()) && announced != body.received()
        ? new Result.Failed(
            FailureKind.TRUNCATED,
            place + " sent " + body.received() + " of " + announced + " bytes")
        : new Result.Arrived(response);
  }

  /// Waits for a response. Once its headers have arrived, its progress is checked once in every
  /// stall timeout.
  ///
  /// @throws TimeoutException if it is too slow, with the reason
  private HttpResponse<Bytes> await(
      CompletableFuture<HttpResponse<Bytes>> answer, BodyCollector body)
      throws InterruptedException, ExecutionException, TimeoutException {
    // The client ends the wait for the headers itself; twice that time is a safeguard.
    var headers = CompletableFuture.anyOf(answer, body.headers());
    try {
      headers.get(2 * timeouts.response().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      throw new TimeoutException("sent no response within " + shown(timeouts.response()));
    }
    long mustAdvance =
        Math.max(1, timeouts.stall().toMillis() * Timeouts.MIN_BYTES_PER_SECOND / 1000);
    long transferBy = System.nanoTime() + timeouts.transfer().toNanos();
    long seen = 0;
    while (true) {
      try {
        long left = transferBy - System.nanoTime();
        long pause = Math.min(left, timeouts.stall().toNanos());
        return answer.get(Math.max(0, pause), TimeUnit.NANOSECONDS);
      } catch (TimeoutException _) {
        refuse(
            transferBy - System.nanoTime() <= 0,
            "did not send the body within " + shown(timeouts.transfer()));
        long received = body.received();
        refuse(received - seen < mustAdvance, "stalled after " + received + " bytes of the body");
        seen = received;
      }
    }
  }

  private static void refuse(boolean when, String why) throws TimeoutException {
    if (when) {
      throw new TimeoutException(why);
    }
  }

  private Result failed(String place, BodyCollector body, @Nullable Throwable cause) {
    return switch (cause) {
      case BodyCollector.TooLargeException e ->
          new Result.Failed(FailureKind.TOO_LARGE, place + " sent too much: " + e.getMessage());
      case BodyCollector.MemoryExhaustedException _ ->
          new Result.Spent("too much is arriving from upstream at once", Duration.ofSeconds(2));
      case HttpConnectTimeoutException _ ->
          new Result.Failed(
              FailureKind.TIMEOUT,
              "no connection to " + place + " within " + shown(timeouts.connect()));
      case HttpTimeoutException _ ->
          new Result.Failed(
              FailureKind.TIMEOUT,
              place + " sent no response within " + shown(timeouts.response()));
      case SSLHandshakeException e -> tls(place, e);
      case SSLPeerUnverifiedException e -> tls(place, e);
      case ConnectException e ->
          new Result.Failed(
              FailureKind.CONNECT,
              place + (unresolved(e) ? " has a name that does not resolve" : " cannot be reached"));
      case IOException e when body.headers().isDone() ->
          new Result.Failed(
              FailureKind.TRUNCATED,
              place + " broke off after " + body.received() + " bytes of the body" + detail(e));
      case null, default ->
          new Result.Failed(
              FailureKind.CONNECT, "the connection to " + place + " broke" + detail(cause));
    };
  }

  private static boolean unresolved(ConnectException failure) {
    return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
        .limit(5)
        .anyMatch(UnresolvedAddressException.class::isInstance);
  }

  private static Result tls(String place, SSLException e) {
    return new Result.Failed(
        FailureKind.TLS, "no trusted TLS connection to " + place + " can be made" + detail(e));
  }

  private static String detail(@Nullable Throwable cause) {
    String message = cause == null ? null : cause.getMessage();
    return message == null || message.isBlank() ? "" : " (" + Excerpt.of(message) + ")";
  }

  private static String shown(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }

  /// Returns the host and port of an address, for messages.
  static String location(URI uri) {
    return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
