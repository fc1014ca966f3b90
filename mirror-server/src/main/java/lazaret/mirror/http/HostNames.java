package lazaret.mirror.http;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.mirror.config.Endpoint;
import org.jspecify.annotations.Nullable;

/// The host names of this gate. A hostile page whose name resolves to this machine (DNS rebinding)
/// sends its own name as `Host`, and is refused.
public final class HostNames {
  /// The host of a request over the unix socket, regardless of the name that its client sent. A
  /// page in a browser cannot use that socket. A header cannot contain the first character.
  public static final String SOCKET = "\0unix";

  private static final List<String> LOOPBACK = List.of("127.0.0.1", "[::1]", "localhost");
  private static final Pattern ON_LOOPBACK =
      Pattern.compile("(localhost|\\[::1]|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3})(:\\d{1,5})?");
  private static final String HTTPS_PORT = ":443";

  private final Set<String> names = new HashSet<>();
  private final boolean tls;

  /// The host of a public address with HTTPS, and its port unless it is the default; null if there
  /// is none.
  private final @Nullable String secureAuthority;

  private final String origin;
  private final boolean browsable;

  /// The public host and port, by which the server may prove itself; empty if there is none.
  private final String provable;

  /// Creates the set of names.
  ///
  /// @param listening the listen address with the chosen port
  /// @param publicUrl scheme, host and port; null if clients use the listen address
  /// @param tls whether the listener uses TLS
  public HostNames(Endpoint listening, @Nullable URI publicUrl, boolean tls) {
    this.tls = tls;
    this.secureAuthority =
        publicUrl != null && "https".equals(publicUrl.getScheme())
            ? withoutHttpsPort(publicUrl.getAuthority().toLowerCase(Locale.ROOT))
            : null;
    add(listening.toString(), tls);
    for (String loopback : LOOPBACK) {
      add(loopback + ":" + listening.port(), tls);
    }
    if (publicUrl == null) {
      origin = (tls ? "https://" : "http://") + listening;
      browsable = listening.loopback();
      provable = "";
    } else {
      origin = publicUrl.toString();
      browsable = secureAuthority != null || isLoopbackName(publicUrl.getAuthority());
      boolean secure = "https".equals(publicUrl.getScheme());
      int port = publicUrl.getPort();
      String name = publicUrl.getHost() + ":" + (port >= 0 ? port : secure ? 443 : 80);
      add(name, secure);
      provable = secure ? "" : name.toLowerCase(Locale.ROOT);
    }
  }

  private HostNames(HostNames others, boolean browsable) {
    this.tls = others.tls;
    this.secureAuthority = others.secureAuthority;
    this.names.addAll(others.names);
    this.origin = others.origin;
    this.browsable = browsable;
    this.provable = others.provable;
  }

  /// Returns the same names for a gate without pages.
  public HostNames withoutPages() {
    return new HostNames(this, false);
  }

  private void add(String authority, boolean tls) {
    String name = authority.toLowerCase(Locale.ROOT);
    names.add(name);
    // The port may be omitted if it is the default of the scheme (RFC 9110 §4.2.3).
    String usual = tls ? ":443" : ":80";
    if (name.endsWith(usual)) {
      names.add(name.substring(0, name.length() - usual.length()));
    }
  }

  /// Returns whether the address of a challenge is this gate's own. Either the numeric address is
  /// that of this end of the connection, or the host is the one of `public-url`.
  public boolean proves(Challenge challenge, @Nullable InetSocketAddress local) {
    return (local != null && Challenge.numeric(local).equals(challenge.peer()))
        || (!provable.isEmpty() && provable.equals(challenge.host().toLowerCase(Locale.ROOT)));
  }

  /// Returns whether a request is for this gate.
  ///
  /// @param host the value of `Host`; null if absent
  public boolean knows(@Nullable String host) {
    return SOCKET.equals(host) || known(host);
  }

  /// Returns whether a host is the numeric address of this end of the connection, as programs that
  /// watch a service name it. A page in a browser that was led here by a name sends that name.
  ///
  /// @param host the value of `Host`; null if absent
  /// @param local this end of the connection; null for the unix socket
  public static boolean isLocal(@Nullable String host, @Nullable InetSocketAddress local) {
    if (host == null || local == null) {
      return false;
    }
    if (host.equals(Challenge.numeric(local))) {
      return true;
    }
    String port = "]:" + local.getPort();
    if (!(local.getAddress() instanceof Inet6Address) || !host.endsWith(port)) {
      return false;
    }
    try {
      // There are several forms of one address (RFC 5952).
      return host.startsWith("[")
          && Inet6Address.ofLiteral(host.substring(1, host.length() - port.length()))
              .equals(local.getAddress());
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private boolean known(@Nullable String host) {
    return host != null && (names.contains(host) || names.contains(host.toLowerCase(Locale.ROOT)));
  }

  /// Returns whether browsers regard a connection to this gate as secure, so that they accept its
  /// cookies: HTTPS, or a loopback name.
  ///
  /// @param host the value of `Host`
  public boolean isSecure(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return tls
        || (secureAuthority != null && secureAuthority.equals(withoutHttpsPort(name)))
        || isLoopbackName(name);
  }

  /// Returns whether a host, with or without port, is a loopback name.
  private static boolean isLoopbackName(String authority) {
    return ON_LOOPBACK.matcher(authority.toLowerCase(Locale.ROOT)).matches();
  }

  /// Returns an authority without the port that browsers omit for HTTPS (RFC 9110 §4.2.3).
  private static String withoutHttpsPort(String authority) {
    return authority.endsWith(HTTPS_PORT)
        ? authority.substring(0, authority.length() - HTTPS_PORT.length())
        : authority;
  }

  /// Returns scheme, host and port under which clients reach the gate, without a slash at the end.
  public String origin() {
    return origin;
  }

  /// Returns the origin under which a browser can send the forms of the desk. Empty if that origin
  /// is neither HTTPS nor a loopback name.
  public Optional<String> pages() {
    return browsable ? Optional.of(origin) : Optional.empty();
  }

  /// Returns whether a value of `Origin` is the gate's own.
  public boolean own(String origin) {
    int scheme = origin.indexOf("://");
    return scheme > 0 && knows(origin.substring(scheme + 3));
  }
}
