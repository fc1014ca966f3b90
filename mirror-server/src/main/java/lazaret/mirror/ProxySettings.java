package lazaret.mirror;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lazaret.mirror.outbound.UpstreamOptions;
import org.jspecify.annotations.Nullable;

/// The proxy towards upstream: the configured one, or else the one of the environment variables
/// that other tools use.
///
/// @param address null to connect directly
/// @param except hosts that are reached directly in spite of the proxy
record ProxySettings(@Nullable URI address, List<String> except) {

  static ProxySettings of(@Nullable URI configured, Map<String, String> environment) {
    List<String> except =
        Stream.of(value(environment, "NO_PROXY").split(",", -1))
            .map(String::strip)
            .filter(host -> !host.isEmpty())
            .toList();
    if (configured != null) {
      return new ProxySettings(configured, except);
    }
    // One proxy for both schemes: upstream is https except in tests and on loopback.
    return Stream.of("HTTPS_PROXY", "ALL_PROXY", "HTTP_PROXY")
        .map(name -> value(environment, name))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .map(text -> new ProxySettings(address(text), except))
        .orElse(new ProxySettings(null, except));
  }

  private static String value(Map<String, String> environment, String name) {
    String lower = environment.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    // A CGI server sets HTTP_PROXY in capitals from a request header (httpoxy). This program does
    // not run as CGI.
    return lower.isEmpty() ? environment.getOrDefault(name, "") : lower;
  }

  private static @Nullable URI address(String text) {
    try {
      return new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException _) {
      return null;
    }
  }

  UpstreamOptions.Network apply(UpstreamOptions.Network network) {
    return address == null ? network : network.withProxy(address, except);
  }
}
