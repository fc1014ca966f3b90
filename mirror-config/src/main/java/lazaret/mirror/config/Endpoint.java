package lazaret.mirror.config;

import java.util.Locale;

/// The address on which the server listens.
///
/// @param host an IP address without brackets, or a name
/// @param port 0 to 65535; 0 lets the system choose
public record Endpoint(String host, int port) {
  /// Reads `HOST:PORT`; an IPv6 address has brackets.
  ///
  /// @throws IllegalArgumentException if the text has another form
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      host = "";
    }
    if (host.isEmpty() || !host.matches("[A-Za-z0-9:.%_-]+")) {
      throw new IllegalArgumentException("expected HOST:PORT like 127.0.0.1:7080 or [::1]:7080");
    }
    return new Endpoint(host, port(text.substring(colon + 1)));
  }

  private static int port(String text) {
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.parseInt(text);
    }
    throw new IllegalArgumentException("expected a port from 0 to 65535 after the colon");
  }

  /// Returns whether only programs on this machine can reach it. `localhost` is the only name that
  /// counts, because the addresses of other names can change.
  public boolean loopback() {
    return host.equals("::1")
        || host.toLowerCase(Locale.ROOT).equals("localhost")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  /// Returns this endpoint with another port.
  public Endpoint withPort(int other) {
    return new Endpoint(host, other);
  }

  /// Returns `HOST:PORT`, an IPv6 address in brackets.
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
