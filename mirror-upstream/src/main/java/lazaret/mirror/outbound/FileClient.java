package lazaret.mirror.outbound;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A client for files of one configured host, whole or in parts, under the same rules as for
/// upstream. Requests are bounded in size and time; redirects may neither leave TLS nor lead to
/// internal hosts. Upstream's credentials are never sent. Thread-safe; blocks.
public final class FileClient implements AutoCloseable {
  /// The maximum length of a validator that is kept.
  private static final int MAX_VALIDATOR = 512;

  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18})");

  private final URI place;
  private final OutboundRequest.Subject subject;
  private final ExecutorService threads;
  private final HttpClient client;
  private final Fetcher fetcher;

  /// The result of a request for a file.
  public sealed interface Fetched {
    /// A file, or a part of one.
    ///
    /// @param total the length of the whole file
    record Received(Bytes body, Validators validators, long total) implements Fetched {}

    /// The file is unchanged.
    record NotModified() implements Fetched {}

    /// The request failed.
    ///
    /// @param why in one clause, without credentials
    /// @param retryAfter the pause that the host asked for; null if it asked for none
    /// @param silent whether the host did not answer
    record Failed(String why, @Nullable Duration retryAfter, boolean silent) implements Fetched {
      public Failed(String why, @Nullable Duration retryAfter) {
        this(why, retryAfter, false);
      }

      private static Failed of(OutboundResponse.Failure failure) {
        boolean silent =
            failure.kind() == FailureKind.CONNECT || failure.kind() == FailureKind.TIMEOUT;
        return new Failed(failure.why(), failure.retryAfter(), silent);
      }
    }
  }

  /// Creates a client without sending a request.
  ///
  /// @param place a configured address of the host, which may be private
  /// @param options as for upstream; its credentials are left out
  /// @param clock determines the days of the budget
  /// @throws UpstreamException if a file of authorities or the proxy cannot be used
  public FileClient(URI place, UpstreamOptions options, Clock clock) {
    this(place, options, clock, null);
  }

  /// Creates a client for a host that may need a credential, without sending a request.
  ///
  /// @param place a configured address of the host, which may be private
  /// @param options as for upstream; its credentials are left out
  /// @param clock determines the days of the budget
  /// @param authorization the value of `Authorization`, which no other origin than that of the
  ///   address receives; null for none
  /// @throws UpstreamException if a file of authorities or the proxy cannot be used
  FileClient(URI place, UpstreamOptions options, Clock clock, @Nullable Secret authorization) {
    UpstreamOptions own = withCredential(options, authorization);
    UpstreamOptions.Network network = own.network();
    URI proxy = network.proxy();
    ProxyRoute route = proxy == null ? null : new ProxyRoute(proxy, network.noProxy());
    Predicate<String> proxied = route == null ? _ -> false : route::goesThrough;
    ProxySelector selector = route == null ? HttpClient.Builder.NO_PROXY : route;
    RateBudget budget = new RateBudget(own.budget(), clock, System::nanoTime);
    UpstreamMeters meters = new UpstreamMeters(budget);
    this.place = place;
    this.subject = new OutboundRequest.Subject(null, place.toString());
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("file-", 0).factory());
    this.client = HttpClients.create(own, selector, TrustedAuthorities.context(network), threads);
    this.fetcher =
        new Fetcher(
            new Fetcher.Parts(
                place,
                IndexAddress.userAgent(own.contact()),
                own,
                new OutboundExchange(client, own.timeouts(), meters, BodyMemory.ofHeap()),
                new DestinationPolicy(
                    place, network.allowedPrivate(), proxied, DestinationPolicy.Resolver.SYSTEM),
                budget,
                meters,
                clock,
                System::nanoTime));
  }

  /// Replaces the credentials for upstream.
  private static UpstreamOptions withCredential(
      UpstreamOptions options, @Nullable Secret authorization) {
    UpstreamOptions.Network network = options.network();
    return options.withNetwork(
        new UpstreamOptions.Network(
            network.proxy(),
            network.noProxy(),
            authorization == null ? null : authorization.text(),
            network.allowedPrivate(),
            network.extraCertificates(),
            network.caBundle()));
  }

  /// Returns whether an address can be fetched: `http` or `https`, with a host and without
  /// credentials.
  public static boolean isAddress(URI address) {
    String scheme = address.getScheme();
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && ("https".equals(scheme) || "http".equals(scheme));
  }

  /// Fetches a whole file, which no coding compresses.
  ///
  /// @param known the validators of the known file
  public Fetched fetch(URI address, Validators known, long maxBytes) {
    return fetch(address, known, maxBytes, FileClient::uncoded);
  }

  /// Fetches a whole file.
  ///
  /// @param check as in an [OutboundRequest]
  Fetched fetch(
      URI address,
      Validators known,
      long maxBytes,
      Function<OutboundResponse.Response, OutboundResponse> check) {
    Map<String, String> headers = headers(known);
    OutboundRequest request =
        new OutboundRequest(
            UpstreamOrigin.ARTIFACTS, address, place, headers, maxBytes, check, subject);
    return switch (fetcher.ask(request)) {
      case OutboundResponse.Failure failure -> Fetched.Failed.of(failure);
      case OutboundResponse.Response answer when answer.status() == 200 -> whole(answer);
      case OutboundResponse.Response answer -> without(answer, known);
    };
  }

  /// Fetches a part of a file. A host that sends no parts may send a whole file that is not longer.
  ///
  /// @param from the position of the first byte
  /// @param length the maximum number of bytes
  /// @param known the validators of a known file, for the first part; else [Validators#NONE]
  public Fetched part(URI address, long from, int length, Validators known) {
    Map<String, String> headers = headers(known);
    headers.put("Range", "bytes=" + from + "-" + (from + length - 1));
    OutboundRequest request =
        new OutboundRequest(
            UpstreamOrigin.ARTIFACTS,
            address,
            place,
            headers,
            length,
            FileClient::uncoded,
            subject);
    return switch (fetcher.ask(request)) {
      case OutboundResponse.Failure failure -> Fetched.Failed.of(failure);
      case OutboundResponse.Response answer when answer.status() == 206 ->
          part(answer, from, length);
      case OutboundResponse.Response answer when answer.status() == 200 && from == 0 ->
          whole(answer);
      case OutboundResponse.Response answer -> without(answer, known);
    };
  }

  private static Map<String, String> headers(Validators known) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "*/*");
    headers.put("Accept-Encoding", "identity");
    String etag = known.etag();
    String lastModified = known.lastModified();
    if (etag != null) {
      headers.put("If-None-Match", etag);
    } else if (lastModified != null) {
      headers.put("If-Modified-Since", lastModified);
    }
    return headers;
  }

  private static OutboundResponse uncoded(OutboundResponse.Response answer) {
    String coding =
        answer
            .headers()
            .firstValue("content-encoding")
            .map(value -> value.strip().toLowerCase(Locale.ROOT))
            .orElse("");
    return coding.isEmpty() || coding.equals("identity")
        ? answer
        : new OutboundResponse.Failure(
            FailureKind.UNUSABLE, "its source sent it with a coding that was not requested");
  }

  private static Fetched whole(OutboundResponse.Response answer) {
    return new Fetched.Received(
        answer.body(), validators(answer.headers()), answer.body().length());
  }

  private static Fetched part(OutboundResponse.Response answer, long from, int length) {
    Matcher form = CONTENT_RANGE.matcher(answer.headers().firstValue("content-range").orElse(""));
    if (!form.matches() || uncoded(answer) instanceof OutboundResponse.Failure) {
      return new Fetched.Failed(
          "its source sent a part without its position, or with a coding", null);
    }
    long first = Long.parseLong(form.group(1));
    long last = Long.parseLong(form.group(2));
    long total = Long.parseLong(form.group(3));
    int received = answer.body().length();
    boolean fits = first == from && last - first + 1 == received && last < total;
    return fits && received > 0 && received <= length
        ? new Fetched.Received(answer.body(), validators(answer.headers()), total)
        : new Fetched.Failed("its source sent another part than the requested one", null);
  }

  private static Fetched without(OutboundResponse.Response answer, Validators known) {
    return answer.status() == 304 && !known.equals(Validators.NONE)
        ? new Fetched.NotModified()
        : new Fetched.Failed("its source returned " + answer.status(), null);
  }

  private static Validators validators(HttpHeaders headers) {
    return new Validators(validator(headers, "etag"), validator(headers, "last-modified"));
  }

  private static @Nullable String validator(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .filter(v -> !v.isEmpty() && v.length() <= MAX_VALIDATOR)
        .filter(v -> v.chars().allMatch(c -> c >= ' ' && c < 0x7f))
        .orElse(null);
  }

  /// Ends all requests in progress.
  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
