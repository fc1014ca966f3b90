package lazaret.storage.postgres.connection;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// The place of a server of PostgreSQL, or of a pooler in front of one.
///
/// @param host a name, an IPv4 address, or an IPv6 address in brackets
/// @param port 1 to 65535
public record PostgresAddress(String host, int port) {
  /// The port of a server if none is named.
  public static final int DEFAULT_PORT = 5432;

  private static final int MAX_PORT = 65_535;
  private static final Pattern FORM =
      Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>[0-9]{1,5}))?");

  /// Checks the range of the port.
  ///
  /// @throws IllegalArgumentException if the port is outside of its range
  public PostgresAddress {
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a port is " + port);
    }
  }

  /// Reads `host` or `host:port`.
  ///
  /// @throws MalformedException if the text has another form
  public static PostgresAddress parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw malformed(text);
    }
    String port = parts.group("port");
    int number = port == null ? DEFAULT_PORT : Integer.parseInt(port);
    if (number < 1 || number > MAX_PORT) {
      throw malformed(text);
    }
    return new PostgresAddress(parts.group("host"), number);
  }

  private static MalformedException malformed(String text) {
    return new MalformedException(
        "cannot read the address of a database '"
            + Excerpt.of(text)
            + "': expected HOST or HOST:PORT; put an IPv6 address in brackets");
  }

  /// Returns whether the server is on this machine, by the form of its name.
  public boolean isLoopback() {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]+){3}");
  }

  /// Returns `host:port`.
  @Override
  public String toString() {
    return host + ':' + port;
  }
}
