package lazaret.mirror.http;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import lazaret.mirror.config.Endpoint;
import lazaret.mirror.proof.Challenge;
import org.jspecify.annotations.Nullable;

/// The names under which this gate may be asked. A page of a hostile site whose name was made to
/// resolve to this machine (DNS rebinding) sends its own name as `Host`, and is turned away.
final class HostNames {
  /// Stands for the host of a request over the unix socket, whatever its client named: no page of a
  /// browser comes that way. No header can hold its first character.
  static final String SOCKET = "\0unix";

  private final Set<String> names = new HashSet<>();
  private final String origin;

  /// The public host and port, by which the server may prove itself; empty if there is none.
  private final String provable;

  /// @param listening where the server listens, the port that was chosen included
  /// @param publicUrl scheme, host and port; null where clients use the listen address
  /// @param tls whether the listener speaks TLS
  HostNames(Endpoint listening, @Nullable URI publicUrl, boolean tls) {
    add(listening.toString(), tls);
    for (String loopback : new String[] {"127.0.0.1", "[::1]", "localhost"}) {
      add(loopback + ":" + listening.port(), tls);
    }
    if (publicUrl == null) {
      origin = (tls ? "https://" : "http://") + listening;
      provable = "";
    } else {
      origin = publicUrl.toString();
      boolean secure = "https".equals(publicUrl.getScheme());
      int port = publicUrl.getPort();
      String name = publicUrl.getHost() + ":" + (port >= 0 ? port : secure ? 443 : 80);
      add(name, secure);
      provable = secure ? "" : name.toLowerCase(Locale.ROOT);
    }
  }

  private void add(String authority, boolean tls) {
    String name = authority.toLowerCase(Locale.ROOT);
    names.add(name);
    // The port may be left out where it is the scheme's own (RFC 9110 §4.2.3).
    String usual = tls ? ":443" : ":80";
    if (name.endsWith(usual)) {
      names.add(name.substring(0, name.length() - usual.length()));
    }
  }

  /// Returns whether the address of a challenge is this gate's own: the numeric address is that of
  /// this end of the connection, or the host is the one of `public-url`.
  boolean proves(Challenge challenge, @Nullable InetSocketAddress local) {
    return (local != null && Challenge.numeric(local).equals(challenge.peer()))
        || (!provable.isEmpty() && provable.equals(challenge.host().toLowerCase(Locale.ROOT)));
  }

  /// Tells whether a request is for this gate.
  ///
  /// @param host the value of `Host`; null where it did not come
  boolean knows(@Nullable String host) {
    return SOCKET.equals(host) || known(host);
  }

  private boolean known(@Nullable String host) {
    return host != null && (names.contains(host) || names.contains(host.toLowerCase(Locale.ROOT)));
  }

  /// Returns scheme, host and port under which clients reach the gate, without a slash at the end.
  String origin() {
    return origin;
  }

  /// Tells whether a value of `Origin` is the gate's own.
  boolean own(String origin) {
    int scheme = origin.indexOf("://");
    return scheme > 0 && knows(origin.substring(scheme + 3));
  }
}
