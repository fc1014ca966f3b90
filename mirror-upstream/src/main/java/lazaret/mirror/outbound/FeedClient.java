package lazaret.mirror.outbound;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import lazaret.vetting.Bytes;
import lazaret.vetting.advisory.feed.FeedReader;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A client for files of feeds under the same rules as for upstream. Requests are bounded in size
/// and time; redirects may neither leave TLS nor lead to internal hosts. Upstream's credentials are
/// never sent. An HTTP client is made for each file, because feeds are fetched a few times a day.
/// Thread-safe; blocks.
public final class FeedClient {
  /// The maximum length of a validator that is kept.
  private static final int MAX_VALIDATOR = 512;

  private final UpstreamOptions options;
  private final Clock clock;

  /// Creates a client.
  ///
  /// @param options as for upstream; its credentials are left out
  /// @param clock determines the days of the budget
  public FeedClient(UpstreamOptions options, Clock clock) {
    UpstreamOptions.Network way = options.network();
    this.options =
        options.withNetwork(
            new UpstreamOptions.Network(
                way.proxy(),
                way.noProxy(),
                null,
                way.allowedPrivate(),
                way.extraCertificates(),
                way.caBundle()));
    this.clock = clock;
  }

  /// The result of a request for a file.
  public sealed interface Fetched {
    /// The file was received.
    record Received(Bytes file, Validators validators) implements Fetched {}

    /// The file is unchanged.
    record NotModified() implements Fetched {}

    /// The request failed.
    ///
    /// @param why in one clause, without credentials
    record Failed(String why) implements Fetched {}
  }

  /// Fetches a file.
  ///
  /// @param address `http` or `https`, without credentials; its host may be private, because a user
  ///   configured it
  /// @param known the validators of the stored file
  public Fetched fetch(URI address, Validators known) {
    String scheme = address.getScheme();
    if (address.getHost() == null
        || address.getRawUserInfo() != null
        || !("https".equals(scheme) || "http".equals(scheme))) {
      return new Fetched.Failed("expected an http or https address without credentials");
    }
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("feed-", 0).factory())) {
      try {
        return fetch(address, known, threads);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private Fetched fetch(URI address, Validators known, ExecutorService threads) {
    URI proxy = options.network().proxy();
    ProxyRoute route = proxy == null ? null : new ProxyRoute(proxy, options.network().noProxy());
    Predicate<String> proxied = route == null ? _ -> false : route::goesThrough;
    ProxySelector selector = route == null ? HttpClient.Builder.NO_PROXY : route;
    RateBudget budget = new RateBudget(options.budget(), clock, System::nanoTime);
    UpstreamMeters meters = new UpstreamMeters(budget);
    HttpClient client =
        HttpClients.create(
            options, selector, TrustedAuthorities.context(options.network()), threads);
    try {
      Fetcher fetcher =
          new Fetcher(
              new Fetcher.Parts(
                  address,
                  IndexAddress.userAgent(options.contact()),
                  options,
                  new OutboundExchange(client, options.timeouts(), meters, BodyMemory.ofHeap()),
                  new DestinationPolicy(
                      address,
                      options.network().allowedPrivate(),
                      proxied,
                      DestinationPolicy.Resolver.SYSTEM),
                  budget,
                  meters,
                  clock,
                  System::nanoTime));
      return responded(fetcher.ask(request(address, known)), !known.equals(Validators.NONE));
    } finally {
      client.shutdownNow();
    }
  }

  private static OutboundRequest request(URI address, Validators known) {
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
    return new OutboundRequest(
        UpstreamOrigin.ARTIFACTS,
        address,
        address,
        headers,
        FeedReader.MAX_BYTES,
        BodyDecoder::checkArtifact);
  }

  private static Fetched responded(OutboundResponse reply, boolean conditional) {
    return switch (reply) {
      case OutboundResponse.Failure failure -> new Fetched.Failed(failure.why());
      case OutboundResponse.Response answer when answer.status() == 200 ->
          new Fetched.Received(
              answer.body(),
              new Validators(
                  validator(answer.headers(), "etag"),
                  validator(answer.headers(), "last-modified")));
      case OutboundResponse.Response answer when answer.status() == 304 && conditional ->
          new Fetched.NotModified();
      case OutboundResponse.Response answer ->
          new Fetched.Failed("its source returned " + answer.status());
    };
  }

  private static @Nullable String validator(HttpHeaders headers, String name) {
    return headers
        .firstValue(name)
        .filter(v -> !v.isEmpty() && v.length() <= MAX_VALIDATOR)
        .filter(v -> v.chars().allMatch(c -> c >= ' ' && c < 0x7f))
        .orElse(null);
  }
}
