package lazaret.mirror.upstream;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;

/// Decides where requests may go. `dl` and redirects are words of upstream: without these rules an
/// upstream, or who sits between, could make the gate read files, drop TLS, or talk to services of
/// the inside (server-side request forgery). Thread-safe.
///
/// A private address may be reached where somebody configured it: the host of the index itself on
/// any port, hosts that are listed, and, where the index is on loopback, loopback.
///
/// A name is resolved here and once more by the JDK's client when it connects; [GuardedNames] sees
/// to it that both meet the same rule.
final class Destinations {
  /// How names become addresses.
  @FunctionalInterface
  interface Resolver {
    /// Returns every address of a host.
    ///
    /// @throws UnknownHostException if there is none
    InetAddress[] resolve(String host) throws UnknownHostException;

    /// Asks the system.
    Resolver SYSTEM = InetAddress::getAllByName;
  }

  /// Whether a request may go to an address.
  sealed interface Ruling {
    /// It may.
    record Allowed() implements Ruling {}

    /// It must not.
    ///
    /// @param why what is wrong with the place, as the end of a sentence
    record Refused(String why) implements Ruling {}

    /// The name does not resolve at the moment.
    record Unresolved(String host) implements Ruling {}
  }

  private static final Ruling ALLOWED = new Ruling.Allowed();

  private final URI index;
  private final Resolver resolver;
  private final Predicate<String> proxied;
  private final Set<String> listedHosts;
  private final List<AddressBlock> listedBlocks = new ArrayList<>();

  /// Sets the rules.
  ///
  /// @param index the configured index, which may be wherever it is
  /// @param listed names, addresses and blocks that are allowed besides
  /// @param proxied tells whether a host is reached through a proxy, which then resolves its name
  Destinations(URI index, List<String> listed, Predicate<String> proxied, Resolver resolver) {
    this.index = index;
    this.resolver = resolver;
    this.proxied = proxied;
    for (String entry : listed) {
      AddressBlock.parse(entry).ifPresent(listedBlocks::add);
    }
    this.listedHosts =
        listed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// Decides about a `dl` or the target of a redirect.
  ///
  /// @param from what the request was sent to that named the place
  Ruling check(URI from, URI to) {
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return refused(to, "is not an http or https address");
    }
    if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      return refused(to, "leaves TLS, which '" + shown(from) + "' has");
    }
    String host = to.getHost();
    if (host == null || to.getPort() > 65535) {
      return refused(to, "names no host that can be asked");
    }
    if (to.getRawUserInfo() != null) {
      return refused(to, "carries credentials");
    }
    return checkHost(to, host.toLowerCase(Locale.ROOT));
  }

  private Ruling checkHost(URI to, String host) {
    if (host.equalsIgnoreCase(index.getHost()) || listedHosts.contains(bare(host))) {
      return ALLOWED;
    }
    try {
      // Every address counts: a name with a public and a private one is how filters that look at
      // the first are got round.
      for (InetAddress address : resolver.resolve(host)) {
        if (!allowed(address)) {
          return refused(
              to,
              "leads to the private address "
                  + address.getHostAddress()
                  + ": if that is wanted, list '"
                  + bare(host)
                  + "' in fetch.private-hosts");
        }
      }
      return GuardedNames.guard(host, this::allowed)
          ? ALLOWED
          : refused(to, "is one more host than an upstream may name");
    } catch (UnknownHostException _) {
      // Behind a proxy the name need not be known here; the proxy has rules of its own.
      return proxied.test(host) ? ALLOWED : new Ruling.Unresolved(host);
    }
  }

  private boolean allowed(InetAddress address) {
    return AddressBlock.isPublic(address) || configured(address);
  }

  private boolean configured(InetAddress address) {
    if (listedBlocks.stream().anyMatch(block -> block.contains(address))) {
      return true;
    }
    try {
      InetAddress[] own = resolver.resolve(index.getHost());
      return Arrays.asList(own).contains(address)
          || (address.isLoopbackAddress()
              && Arrays.stream(own).allMatch(InetAddress::isLoopbackAddress));
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static Ruling refused(URI to, String why) {
    return new Ruling.Refused("'" + shown(to) + "' " + why);
  }

  /// Returns an address for a message: without credentials and query, which may hold a signature.
  static String shown(URI uri) {
    String authority = uri.getHost() == null ? "" : "//" + uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return Excerpt.of(
        (uri.getScheme() == null ? "" : uri.getScheme() + ":") + authority + port + path);
  }

  /// Tells whether two addresses have one origin (RFC 6454 §4): scheme, host and port.
  static boolean sameOrigin(URI one, URI other) {
    return one.getScheme() != null
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost() != null
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
  }
}
