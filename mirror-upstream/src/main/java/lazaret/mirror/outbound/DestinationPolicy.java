package lazaret.mirror.outbound;

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

/// The rules for the addresses that requests may go to. Upstream controls `dl` and redirects.
/// Without these rules, an upstream or an attacker on the path could make the gate read files, drop
/// TLS, or connect to internal services (server-side request forgery). Thread-safe.
///
/// A private address is allowed only by configuration: the host of the index itself on any port,
/// listed hosts, and loopback if the index is on loopback.
///
/// A name is resolved here and again by the JDK's client when it connects; [GuardedResolver]
/// applies the same rule to both.
public final class DestinationPolicy {
  /// The resolution of names to addresses.
  @FunctionalInterface
  public interface Resolver {
    /// Returns every address of a host.
    ///
    /// @throws UnknownHostException if there is none
    InetAddress[] resolve(String host) throws UnknownHostException;

    /// The resolver of the system.
    Resolver SYSTEM = InetAddress::getAllByName;
  }

  /// The result of a check.
  sealed interface Decision {
    /// The address is allowed.
    record Allowed() implements Decision {}

    /// The address is refused.
    ///
    /// @param why the reason, as the end of a sentence
    record Refused(String why) implements Decision {}

    /// The name does not resolve at the moment.
    record Unresolved(String host) implements Decision {}
  }

  private static final Decision ALLOWED = new Decision.Allowed();

  private final URI index;
  private final String key;
  private final Resolver resolver;
  private final Predicate<String> proxied;
  private final Set<String> listedHosts;
  private final List<AddressBlock> listedBlocks = new ArrayList<>();

  /// Creates the rules.
  ///
  /// @param index the configured index, which may have any address
  /// @param listed names, addresses and blocks that are allowed in addition
  /// @param proxied returns whether a host is reached through a proxy, which then resolves its name
  public DestinationPolicy(
      URI index, List<String> listed, Predicate<String> proxied, Resolver resolver) {
    this(index, listed, proxied, resolver, "fetch.private-hosts");
  }

  /// Creates the rules for another service than upstream.
  ///
  /// @param index the configured address of the service
  /// @param key the key of the configuration that lists `listed`, for messages
  DestinationPolicy(
      URI index, List<String> listed, Predicate<String> proxied, Resolver resolver, String key) {
    this.index = index;
    this.key = key;
    this.resolver = resolver;
    this.proxied = proxied;
    for (String entry : listed) {
      AddressBlock.parse(entry).ifPresent(listedBlocks::add);
    }
    this.listedHosts =
        listed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// Checks a `dl` or the target of a redirect.
  ///
  /// @param from the address of the request whose response named the target
  Decision check(URI from, URI to) {
    String scheme = to.getScheme() == null ? "" : to.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return refused(to, "is not an http or https address");
    }
    if (scheme.equals("http") && "https".equalsIgnoreCase(from.getScheme())) {
      return refused(to, "leaves TLS, which '" + shown(from) + "' has");
    }
    String host = to.getHost();
    if (host == null || to.getPort() > 65535) {
      return refused(to, "names no host that can be reached");
    }
    if (to.getRawUserInfo() != null) {
      return refused(to, "carries credentials");
    }
    return checkHost(to, host.toLowerCase(Locale.ROOT));
  }

  private Decision checkHost(URI to, String host) {
    if (host.equalsIgnoreCase(index.getHost()) || listedHosts.contains(bare(host))) {
      return ALLOWED;
    }
    try {
      // Every address is checked: a name with a public and a private address would bypass a check
      // of the first one alone.
      for (InetAddress address : resolver.resolve(host)) {
        if (!allowed(address)) {
          return refused(
              to,
              "leads to the private address "
                  + address.getHostAddress()
                  + ": if that is wanted, list '"
                  + bare(host)
                  + "' in "
                  + key);
        }
      }
      return GuardedResolver.guard(host, this::allowed)
          ? ALLOWED
          : refused(to, "is one more host than an upstream may name");
    } catch (UnknownHostException _) {
      // Behind a proxy the name need not be resolvable here; the proxy has its own rules.
      return proxied.test(host) ? ALLOWED : new Decision.Unresolved(host);
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

  private static Decision refused(URI to, String why) {
    return new Decision.Refused("'" + shown(to) + "' " + why);
  }

  /// Returns an address for a message, without credentials and query, which may contain a
  /// signature.
  static String shown(URI uri) {
    String authority = uri.getHost() == null ? "" : "//" + uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return Excerpt.of(
        (uri.getScheme() == null ? "" : uri.getScheme() + ":") + authority + port + path);
  }

  /// Returns whether two addresses have the same origin (RFC 6454 §4): scheme, host and port.
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
