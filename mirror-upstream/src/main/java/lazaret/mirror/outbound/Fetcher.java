package lazaret.mirror.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// The sender of requests to upstream. It keeps to the budget and sends no requests while upstream
/// is down. It repeats a request after a failure that may be temporary, and follows redirects to
/// allowed addresses. Thread-safe; blocks.
public final class Fetcher {
  private static final System.Logger LOG = System.getLogger(Fetcher.class.getName());
  private static final int MAX_REDIRECTS = 5;

  /// The parts of a fetcher.
  ///
  /// @param index the origin that credentials belong to
  /// @param userAgent sent with every request
  public record Parts(
      URI index,
      String userAgent,
      UpstreamOptions options,
      OutboundExchange exchange,
      DestinationPolicy destinations,
      RateBudget rateBudget,
      UpstreamMeters meters,
      Clock clock,
      LongSupplier nanos) {}

  private final Parts parts;
  private final RetryBackoff pauses;
  private final Semaphore places;
  private final CircuitBreaker indexCircuit;
  private final CircuitBreaker artifactCircuit;

  public Fetcher(Parts parts) {
    this.parts = parts;
    this.pauses = new RetryBackoff(parts.options().retries(), parts.clock());
    this.places = new Semaphore(parts.options().limits().maxConcurrent(), true);
    this.indexCircuit = new CircuitBreaker(parts.nanos());
    this.artifactCircuit = new CircuitBreaker(parts.nanos());
  }

  /// Sends a request, with retries.
  public OutboundResponse ask(OutboundRequest question) {
    CircuitBreaker circuit = circuit(question.side());
    // Retries are for short failures: none starts later than this.
    long lastStart =
        parts.nanos().getAsLong() + parts.options().timeouts().response().multipliedBy(2).toNanos();
    OutboundResponse.@Nullable Failure before = null;
    for (int tries = 1; ; tries++) {
      OutboundResponse.@Nullable Failure refused = refused(circuit);
      if (refused != null) {
        parts.meters().failed(refused.kind());
        return before == null ? refused : withTries(before, tries - 1);
      }
      OutboundResponse reply = attempt(question);
      settle(question.side(), circuit, reply);
      if (!(reply instanceof OutboundResponse.Failure failure)) {
        return reply;
      }
      parts.meters().failed(failure.kind());
      Optional<Duration> pause = pauses.before(tries, failure.retryAfter());
      boolean late = parts.nanos().getAsLong() - lastStart > 0;
      if (!failure.kind().passing() || pause.isEmpty() || late || !sleep(pause.get())) {
        return withTries(failure, tries);
      }
      before = failure;
      parts.meters().retried();
    }
  }

  private CircuitBreaker circuit(UpstreamOrigin side) {
    return switch (side) {
      case INDEX -> indexCircuit;
      case ARTIFACTS -> artifactCircuit;
    };
  }

  private static OutboundResponse.Failure withTries(OutboundResponse.Failure failure, int tries) {
    return tries < 2
        ? failure
        : new OutboundResponse.Failure(
            failure.kind(), failure.why() + ", " + tries + " times in a row", failure.retryAfter());
  }

  /// Waits if upstream requested a short pause. Returns the refusal while upstream is down or for a
  /// longer pause; null if a request may be sent.
  private OutboundResponse.@Nullable Failure refused(CircuitBreaker circuit) {
    CircuitBreaker.Refusal refusal = circuit.refuse();
    boolean worthIt =
        refusal != null
            && refusal.asked()
            && refusal.left().compareTo(parts.options().retries().retryAfterCap()) <= 0;
    if (refusal != null && worthIt && sleep(refusal.left())) {
      refusal = circuit.refuse();
    }
    if (refusal == null) {
      return null;
    }
    String why =
        refusal.asked()
            ? "upstream asked for a pause"
            : "upstream failed several times in a row; requests to it pause for a moment";
    return new OutboundResponse.Failure(FailureKind.CIRCUIT, why, refusal.left());
  }

  private void settle(UpstreamOrigin side, CircuitBreaker circuit, OutboundResponse reply) {
    boolean wasOpen = circuit.isOpen();
    switch (reply) {
      case OutboundResponse.Response _ -> circuit.succeeded();
      case OutboundResponse.Failure failure -> settle(circuit, failure);
    }
    boolean isOpen = circuit.isOpen();
    parts.meters().circuit(side, isOpen);
    if (isOpen && !wasOpen && reply instanceof OutboundResponse.Failure failure) {
      LOG.log(
          System.Logger.Level.WARNING,
          "requests to upstream ({0}) paused for a moment: {1}",
          side.label(),
          failure.why());
    } else if (wasOpen && !isOpen) {
      LOG.log(System.Logger.Level.INFO, "upstream ({0}) responded again", side.label());
    }
  }

  private static void settle(CircuitBreaker circuit, OutboundResponse.Failure failure) {
    switch (failure.kind()) {
      case CONNECT, TLS, TIMEOUT, STALL, TRUNCATED, SERVER_ERROR -> circuit.failed();
      case BUDGET, CIRCUIT, CANCELLED, PRIVATE_NAME, FILE -> circuit.abandoned();
      case STATUS, REDIRECT, TOO_LARGE, UNUSABLE -> circuit.succeeded();
      case TOO_MANY_REQUESTS -> {
        circuit.succeeded();
        Duration asked = failure.retryAfter();
        if (asked != null) {
          circuit.pause(asked);
        }
      }
    }
  }

  /// Sends a request once, following redirects.
  private OutboundResponse attempt(OutboundRequest question) {
    URI from = question.namedBy();
    URI at = question.uri();
    boolean credentials = true;
    for (int hops = 0; ; hops++) {
      OutboundResponse.@Nullable Failure astray = astray(from, at);
      if (astray != null) {
        return astray;
      }
      // Once dropped, credentials are never sent again: another origin could redirect back with a
      // path of its choice.
      credentials = credentials && DestinationPolicy.sameOrigin(parts.index(), at);
      HttpResponse<Bytes> response;
      switch (send(question, at, credentials)) {
        case OutboundExchange.Result.Failed(FailureKind kind, String why) -> {
          return new OutboundResponse.Failure(kind, why);
        }
        case OutboundExchange.Result.Spent(String why, Duration until) -> {
          return new OutboundResponse.Failure(FailureKind.BUDGET, why, until);
        }
        case OutboundExchange.Result.Arrived arrived -> response = arrived.response();
      }
      String location = response.headers().firstValue("location").orElse("");
      if (!isRedirect(response.statusCode()) || location.isEmpty()) {
        return judged(question, response);
      }
      if (hops == MAX_REDIRECTS) {
        return strayed("more than " + MAX_REDIRECTS + " redirects");
      }
      from = at;
      try {
        at = at.resolve(new URI(location));
      } catch (URISyntaxException _) {
        return strayed("'" + Excerpt.of(location) + "' is not an address");
      }
      parts.meters().redirected();
    }
  }

  private OutboundResponse.@Nullable Failure astray(URI from, URI to) {
    return switch (parts.destinations().check(from, to)) {
      case DestinationPolicy.Decision.Allowed _ -> null;
      case DestinationPolicy.Decision.Refused(String why) -> strayed(why);
      case DestinationPolicy.Decision.Unresolved(String host) ->
          new OutboundResponse.Failure(
              FailureKind.CONNECT, "the name '" + host + "' does not resolve");
    };
  }

  private static OutboundResponse.Failure strayed(String why) {
    LOG.log(System.Logger.Level.WARNING, "redirect refused: {0}", why);
    return new OutboundResponse.Failure(FailureKind.REDIRECT, "redirect refused: " + why);
  }

  private static boolean isRedirect(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private OutboundExchange.Result send(OutboundRequest question, URI at, boolean credentials) {
    OutboundNameCheck names = parts.options().names();
    if (names != null && names.stops(question, at)) {
      return new OutboundExchange.Result.Failed(
          FailureKind.PRIVATE_NAME,
          "the request was not sent, since it has the name of a private crate");
    }
    // The wait for a turn in the budget, and for a free place among requests in progress, is as
    // long as that for a connection.
    Duration patience = parts.options().timeouts().connect();
    switch (parts.rateBudget().request(patience)) {
      case RateBudget.Permit.Spent(String why, Duration until) -> {
        return new OutboundExchange.Result.Spent(why, until);
      }
      case RateBudget.Permit.After(Duration pause) -> {
        if (!sleep(pause)) {
          return cancelled();
        }
      }
    }
    try {
      if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        int most = parts.options().limits().maxConcurrent();
        return new OutboundExchange.Result.Spent(
            most + " requests to upstream are under way already", Duration.ofSeconds(1));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return cancelled();
    }
    try {
      parts.meters().requested(question.side());
      return UpstreamSpan.send(
          at,
          trace ->
              parts
                  .exchange()
                  .send(request(question, at, credentials, trace), question.maxBytes()));
    } finally {
      places.release();
    }
  }

  private static OutboundExchange.Result cancelled() {
    return new OutboundExchange.Result.Failed(
        FailureKind.CANCELLED, "the request to upstream was canceled");
  }

  private HttpRequest request(
      OutboundRequest question, URI at, boolean credentials, Map<String, String> trace) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at)
            .GET()
            .timeout(parts.options().timeouts().response())
            .header("User-Agent", parts.userAgent());
    question.headers().forEach(request::header);
    trace.forEach(request::header);
    String authorization = parts.options().network().authorization();
    if (credentials && authorization != null) {
      request.header("Authorization", authorization);
    }
    ProxyRoute.authorization(parts.options().network())
        .ifPresent(value -> request.header("Proxy-Authorization", value));
    return request.build();
  }

  private OutboundResponse judged(OutboundRequest question, HttpResponse<Bytes> response) {
    int status = response.statusCode();
    String why = OutboundExchange.location(response.uri()) + " answered " + status;
    if (status == 429) {
      return new OutboundResponse.Failure(
          FailureKind.TOO_MANY_REQUESTS, why, pauses.retryAfter(response.headers()));
    }
    if (status == 408 || status >= 500) {
      return new OutboundResponse.Failure(
          FailureKind.SERVER_ERROR, why, pauses.retryAfter(response.headers()));
    }
    OutboundResponse.Response answer =
        new OutboundResponse.Response(status, response.headers(), response.body());
    return status == 200 ? question.check().apply(answer) : answer;
  }

  /// Waits for a pause.
  ///
  /// @return whether the whole pause passed
  private static boolean sleep(Duration pause) {
    try {
      Thread.sleep(pause);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
