package lazaret.mirror;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.ConfigMistake;
import lazaret.mirror.config.ConfigOrigin;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.config.UpstreamLocation;
import lazaret.mirror.outbound.FeedClient;
import lazaret.mirror.outbound.OutboundNameCheck;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.mirror.upstream.MeteredUpstream;
import lazaret.mirror.upstream.OfflineUpstream;
import lazaret.mirror.upstream.Upstreams;
import lazaret.vetting.origin.NameOrigins;

/// The clients for requests to other machines.
///
/// @param options proxy, authorities and limits of requests
/// @param names the check of names in all of these requests, which receives the private ones
record OutsideClients(
    MeteredUpstream upstream, FeedClient feeds, UpstreamOptions options, OutboundNameCheck names) {
  /// Opens the clients by the configuration. The caller closes the upstream.
  static OutsideClients open(MirrorConfig config, Clock clock, Map<String, String> environment) {
    OutboundNameCheck names = unknownNames();
    UpstreamOptions way = upstreamOptions(config.fetch(), environment).withNames(names);
    return new OutsideClients(
        upstream(config.fetch(), way, clock), new FeedClient(way, clock), way, names);
  }

  /// Returns clients with an upstream of the caller.
  static OutsideClients over(MeteredUpstream upstream, Clock clock) {
    OutboundNameCheck names = unknownNames();
    UpstreamOptions way = UpstreamOptions.DEFAULTS.withNames(names);
    return new OutsideClients(upstream, new FeedClient(way, clock), way, names);
  }

  /// Returns a check without private names. No request is sent before it gets them.
  private static OutboundNameCheck unknownNames() {
    return new OutboundNameCheck(NameOrigins.ALL_PUBLIC, _ -> {});
  }

  private static MeteredUpstream upstream(
      MirrorConfig.Fetch fetch, UpstreamOptions options, Clock clock) {
    return fetch.offline()
        ? new OfflineUpstream(clock)
        : Upstreams.open(place(fetch.location()), options, clock);
  }

  private static UpstreamOptions upstreamOptions(
      MirrorConfig.Fetch fetch, Map<String, String> environment) {
    UpstreamOptions initial = UpstreamOptions.DEFAULTS;
    String contact = fetch.contact();
    return initial
        .withContact(contact == null ? "" : contact)
        .withTimeouts(
            new UpstreamOptions.Timeouts(
                fetch.network().connectTimeout(),
                fetch.network().timeout(),
                fetch.network().timeout(),
                initial.timeouts().transfer()))
        .withLimits(
            new UpstreamOptions.Limits(
                initial.limits().maxIndexBytes(),
                fetch.maxCrateBytes(),
                initial.limits().maxConcurrent()))
        .withBudget(
            new UpstreamOptions.RateLimits(
                fetch.budget().requestsPerSecond(), fetch.budget().bytesPerDay()))
        .withNetwork(network(fetch.network(), environment))
        .withFolderTemplate(fetch.artifacts());
  }

  private static String place(UpstreamLocation place) {
    return switch (place) {
      case UpstreamLocation.Registry registry -> registry.toString();
      case UpstreamLocation.Folder folder -> folder.root().toUri().toString();
    };
  }

  private static UpstreamOptions.Network network(
      MirrorConfig.Network network, Map<String, String> environment) {
    UpstreamOptions.Network way =
        UpstreamOptions.Network.DIRECT.withAllowedPrivate(network.privateHosts());
    Path ca = network.ca();
    if (ca != null) {
      way = way.withExtraCertificates(List.of(ca));
    }
    Path tokenFile = network.tokenFile();
    if (tokenFile != null) {
      way = way.withAuthorization(secret(tokenFile));
    }
    return ProxySettings.of(network.proxy(), environment).apply(way);
  }

  private static String secret(Path file) {
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      String token = lines.findFirst().orElse("").strip();
      if (!token.isEmpty() && token.length() <= 4096) {
        return token;
      }
    } catch (IOException | UncheckedIOException _) {
      // reported below, like an empty file
    }
    throw new ConfigException(
        List.of(
            new ConfigMistake(
                new ConfigOrigin.File(file, 1, 1),
                "'fetch.token-file' must hold one line with the token for upstream")));
  }
}
