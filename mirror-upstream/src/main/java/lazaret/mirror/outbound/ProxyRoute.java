package lazaret.mirror.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The selection of the configured proxy for requests, except those to the hosts that are reached
/// without it. Thread-safe.
public final class ProxyRoute extends ProxySelector {
  private final Proxy proxy;
  private final List<String> except;

  /// Checks the address of a proxy.
  ///
  /// @throws UpstreamException if it is not `http://[user:password@]host:port`
  public ProxyRoute(URI address, List<String> except) {
    if (!"http".equalsIgnoreCase(address.getScheme())
        || address.getHost() == null
        || address.getPort() > 65535) {
      // The address is not repeated, because it may contain a password.
      throw new UpstreamException(
          "cannot use the configured proxy: expected http://host:port or"
              + " http://user:password@host:port");
    }
    int port = address.getPort() < 0 ? 80 : address.getPort();
    // Resolved again for each connection; otherwise a proxy with a new address would be unreachable
    // until the next start.
    this.proxy =
        new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(address.getHost(), port));
    this.except = except.stream().map(host -> host.strip().toLowerCase(Locale.ROOT)).toList();
  }

  @Override
  public List<Proxy> select(URI uri) {
    return uri.getHost() == null || !goesThrough(uri.getHost())
        ? List.of(Proxy.NO_PROXY)
        : List.of(proxy);
  }

  /// Returns whether a host is reached through the proxy.
  public boolean goesThrough(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    return except.stream().noneMatch(entry -> excepts(entry, bare));
  }

  /// Returns whether an entry covers a host, by the rules of curl's `NO_PROXY`: a domain covers its
  /// subdomains, with or without a leading dot.
  private static boolean excepts(String entry, String host) {
    if (entry.isEmpty()) {
      return false;
    }
    String domain = entry.startsWith(".") ? entry.substring(1) : entry;
    return entry.equals("*") || host.equals(domain) || host.endsWith("." + domain);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // There is only one proxy; the failure reaches the caller.
  }

  /// Returns the value of `Proxy-Authorization` (RFC 7617); empty if there is no proxy or it has no
  /// credentials. The JDK's client sends it to proxies only, never to an origin.
  static Optional<String> authorization(UpstreamOptions.Network network) {
    return Optional.ofNullable(network.proxy()).map(URI::getUserInfo).map(ProxyRoute::basic);
  }

  /// Returns credentials in the Basic scheme.
  ///
  /// @param userInfo `user:password`
  static String basic(String userInfo) {
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
