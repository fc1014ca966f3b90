package lazaret.mirror.site;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The place of pages of documentation: at the address of the gate, or at a host of their own,
/// where nothing else is.
///
/// @param address the scheme, host and port
/// @param own the host, with its port unless it is the usual one; null if pages are read at the
///   address of the gate
public record PageOrigin(String address, @Nullable String own) {
  /// Returns the place of pages.
  ///
  /// @param gate the scheme, host and port of the gate
  /// @param configured those of pages alone; null if there are none
  public static PageOrigin of(String gate, @Nullable URI configured) {
    return configured == null
        ? new PageOrigin(gate, null)
        : new PageOrigin(
            configured.toString(), named(configured.getAuthority(), configured.toString()));
  }

  /// Returns a host as browsers name it: in lower case, without the usual port of its scheme.
  private static String named(String authority, String address) {
    String port = address.toLowerCase(Locale.ROOT).startsWith("https:") ? ":443" : ":80";
    String host = authority.toLowerCase(Locale.ROOT);
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  /// Returns whether pages are read under a host.
  ///
  /// @param authority the host that a client named
  public boolean isPages(String authority) {
    return own == null || own.equals(named(authority, address));
  }
}
