package lazaret.mirror.upstream;

import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import lazaret.mirror.outbound.BodyDecoder;
import lazaret.mirror.outbound.BodyMemory;
import lazaret.mirror.outbound.DestinationPolicy;
import lazaret.mirror.outbound.FailureKind;
import lazaret.mirror.outbound.Fetcher;
import lazaret.mirror.outbound.HttpClients;
import lazaret.mirror.outbound.IndexAddress;
import lazaret.mirror.outbound.OutboundExchange;
import lazaret.mirror.outbound.OutboundRequest;
import lazaret.mirror.outbound.OutboundResponse;
import lazaret.mirror.outbound.ProxyRoute;
import lazaret.mirror.outbound.RateBudget;
import lazaret.mirror.outbound.TrustedAuthorities;
import lazaret.mirror.outbound.UpstreamException;
import lazaret.mirror.outbound.UpstreamMeters;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.outbound.UpstreamOrigin;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// A registry that is reached over HTTP: the public one, or another mirror. The index is at the
/// configured address, artifacts at the address in the registry's own `config.json`. Thread-safe;
/// every method blocks for a bounded time. The client's threads and those of callers are virtual.
///
/// Source: Cargo reference, *Registry Index*; the responses of the public registry's two hosts.
public final class HttpUpstream implements MeteredUpstream {
  /// The maximum length of a validator that is kept; a longer one is ignored.
  private static final int MAX_VALIDATOR = 512;

  private final URI index;
  private final UpstreamOptions options;
  private final UpstreamMeters meters;
  private final ExecutorService threads;
  private final HttpClient client;
  private final BodyMemory room;
  private final Fetcher fetcher;
  private final RemoteConfig config;

  /// Creates an upstream without sending a request.
  ///
  /// @param index the base of the sparse index, `http` or `https`; user info in it becomes Basic
  ///   credentials
  /// @param clock determines the days of the budget and the age of `config.json`
  /// @throws UpstreamException if the index or proxy address is malformed, or a certificate file
  ///   cannot be read
  public HttpUpstream(URI index, UpstreamOptions options, Clock clock) {
    this(index, options, clock, BodyMemory.ofHeap());
  }

  HttpUpstream(URI given, UpstreamOptions asked, Clock clock, BodyMemory room) {
    this.room = room;
    this.index = IndexAddress.base(given);
    this.options = IndexAddress.withCredentials(given, asked);
    var budget = new RateBudget(options.budget(), clock, System::nanoTime);
    this.meters = new UpstreamMeters(budget);
    this.threads =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("upstream-", 0).factory());
    URI proxy = options.network().proxy();
    ProxyRoute route = proxy == null ? null : new ProxyRoute(proxy, options.network().noProxy());
    Predicate<String> proxied = route == null ? host -> false : route::goesThrough;
    // Never the JVM's own selector: only the configuration of the gate applies.
    ProxySelector selector = route == null ? HttpClient.Builder.NO_PROXY : route;
    this.client =
        HttpClients.create(
            options, selector, TrustedAuthorities.context(options.network()), threads);
    var destinations =
        new DestinationPolicy(
            index, options.network().allowedPrivate(), proxied, DestinationPolicy.Resolver.SYSTEM);
    this.fetcher =
        new Fetcher(
            new Fetcher.Parts(
                index,
                IndexAddress.userAgent(options.contact()),
                options,
                new OutboundExchange(client, options.timeouts(), meters, room),
                destinations,
                budget,
                meters,
                clock,
                System::nanoTime));
    this.config = new RemoteConfig(index, fetcher, room, clock);
  }

  @Override
  public IndexResponse index(CrateName name, Validators known) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "text/plain");
    headers.put("Accept-Encoding", "gzip");
    // Only the stronger validator is sent, as cargo does: an upstream that receives both may use
    // the weaker one.
    String etag = known.etag();
    String lastModified = known.lastModified();
    if (etag != null && isValidator(etag)) {
      headers.put("If-None-Match", etag);
    } else if (lastModified != null && isValidator(lastModified)) {
      headers.put("If-Modified-Since", lastModified);
    }
    boolean conditional = headers.size() == 3;
    long limit = options.limits().maxIndexBytes();
    OutboundRequest question =
        new OutboundRequest(
            UpstreamOrigin.INDEX,
            index.resolve(IndexPath.of(name)),
            index,
            headers,
            limit,
            BodyDecoder.check(limit, room),
            new OutboundRequest.Subject(name, index.toString()));
    return switch (fetcher.ask(question)) {
      case OutboundResponse.Failure failure when isPrivate(failure) ->
          new IndexResponse.Absent(404);
      case OutboundResponse.Failure failure ->
          new IndexResponse.Unavailable(failure.why(), failure.retryAfter());
      case OutboundResponse.Response answer -> indexResponse(answer, conditional);
    };
  }

  private IndexResponse indexResponse(OutboundResponse.Response answer, boolean conditional) {
    return switch (answer.status()) {
      case 200 -> new IndexResponse.Fresh(answer.body(), validators(answer.headers()));
      // Proxies use 410 and 451 too, and 451 has legal reasons: neither means that the registry
      // lacks the crate.
      case 404 -> new IndexResponse.Absent(404);
      case 304 ->
          conditional
              ? new IndexResponse.NotModified()
              : new IndexResponse.Unavailable(
                  "upstream returned 304 to an unconditional request", null);
      default -> new IndexResponse.Unavailable(unexpected(answer), null);
    };
  }

  @Override
  public ArtifactResponse artifact(CrateId id) {
    return switch (config.current()) {
      case RemoteConfig.Known.Nothing(OutboundResponse.Failure failure) ->
          new ArtifactResponse.Unavailable(failure.why(), failure.retryAfter());
      case RemoteConfig.Known.Config known ->
          artifact(
              known.config().downloadUrl(id),
              new OutboundRequest.Subject(id.name(), known.config().dl()));
    };
  }

  /// Returns whether a crate is absent here because its name belongs to a private registry.
  private static boolean isPrivate(OutboundResponse.Failure failure) {
    return failure.kind() == FailureKind.PRIVATE_NAME;
  }

  private ArtifactResponse artifact(String address, OutboundRequest.Subject subject) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException _) {
      meters.failed(FailureKind.UNUSABLE);
      return new ArtifactResponse.Unavailable(
          "the dl of upstream's config.json is not an address", null);
    }
    OutboundRequest question =
        new OutboundRequest(
            UpstreamOrigin.ARTIFACTS,
            uri,
            index,
            Map.of("Accept", "*/*", "Accept-Encoding", "identity"),
            options.limits().maxArtifactBytes(),
            BodyDecoder::checkArtifact,
            subject);
    return switch (fetcher.ask(question)) {
      case OutboundResponse.Failure failure when isPrivate(failure) ->
          new ArtifactResponse.Absent(404);
      case OutboundResponse.Failure failure ->
          new ArtifactResponse.Unavailable(failure.why(), failure.retryAfter());
      case OutboundResponse.Response answer -> artifactResponse(answer);
    };
  }

  private ArtifactResponse artifactResponse(OutboundResponse.Response answer) {
    return switch (answer.status()) {
      case 200 -> new ArtifactResponse.Received(new UnverifiedCrate(answer.body()));
      // An object store with a private listing answers 403 for absent objects.
      case 403, 404 -> new ArtifactResponse.Absent(answer.status());
      default -> new ArtifactResponse.Unavailable(unexpected(answer), null);
    };
  }

  private String unexpected(OutboundResponse.Response answer) {
    meters.failed(FailureKind.STATUS);
    String hint =
        switch (answer.status()) {
          case 401, 403 -> ": check the credentials for upstream";
          case 407 -> ": check the credentials for the proxy";
          default -> "";
        };
    return "upstream returned " + answer.status() + hint;
  }

  private static Validators validators(HttpHeaders headers) {
    return new Validators(validator(headers, "etag"), validator(headers, "last-modified"));
  }

  private static @Nullable String validator(HttpHeaders headers, String name) {
    Optional<String> value = headers.firstValue(name).filter(HttpUpstream::isValidator);
    return value.orElse(null);
  }

  /// Returns whether a validator can be sent back. It comes from upstream and was stored in
  /// between.
  private static boolean isValidator(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_VALIDATOR
        && value.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  @Override
  public UpstreamMeters meters() {
    return meters;
  }

  @Override
  public int requestsPerSecond() {
    return options.budget().requestsPerSecond();
  }

  @Override
  public String describe() {
    return index.toString();
  }

  @Override
  public void close() {
    client.shutdownNow();
    threads.shutdownNow();
  }
}
