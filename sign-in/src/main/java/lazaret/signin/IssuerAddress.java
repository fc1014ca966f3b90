package lazaret.signin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The identifier of an issuer: an address by which its tokens name it (OpenID Connect Discovery
/// 1.0, section 2). Two identifiers are equal only if all their characters are.
///
/// @param text `https`, or `http` on a loopback host; without user info, query and fragment
public record IssuerAddress(String text) {
  private static final int MAX_LENGTH = 2_000;
  private static final String DOCUMENT = "/.well-known/openid-configuration";

  /// Checks the form.
  ///
  /// @throws MalformedException if the text is not the address of an issuer
  public IssuerAddress {
    URI address = endpoint(text);
    if (address == null
        || !isProtected(address)
        || address.getRawQuery() != null
        || text.endsWith("?")) {
      throw new MalformedException(
          "cannot use '"
              + Excerpt.of(text)
              + "' as issuer: expected an https address without query, or http on a loopback host;"
              + " take the issuer from the discovery document of the provider");
    }
  }

  /// Parses an identifier.
  ///
  /// @throws MalformedException if the text is not the address of an issuer
  public static IssuerAddress parse(String text) {
    return new IssuerAddress(text);
  }

  /// Returns the address of the discovery document (OpenID Connect Discovery 1.0, section 4.1).
  public URI document() {
    return URI.create(
        (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + DOCUMENT);
  }

  /// Returns the host in lower case, IPv6 addresses in brackets.
  public String host() {
    return URI.create(text).getHost().toLowerCase(Locale.ROOT);
  }

  /// Returns whether requests may go to an endpoint that the issuer announces. They go over
  /// `https`, or over `http` to a loopback host if the issuer itself is there.
  boolean accepts(URI endpoint) {
    boolean plain = "http".equals(endpoint.getScheme());
    return isProtected(endpoint) && (!plain || text.startsWith("http://"));
  }

  /// Returns the address of an endpoint, or null if the text is not an absolute address with a
  /// host. User info, a fragment, or too many characters are refused as well.
  static @Nullable URI endpoint(String text) {
    try {
      URI address = text.length() > MAX_LENGTH ? null : new URI(text);
      return address != null
              && address.getHost() != null
              && address.getPort() <= 65_535
              && address.getRawUserInfo() == null
              && address.getRawFragment() == null
              && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
          ? address
          : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /// Returns whether others on the network can neither read nor change requests to an address:
  /// `https`, or `http` to `localhost` or a loopback address.
  public static boolean isProtected(URI address) {
    String host = address.getHost();
    return host != null
        && ("https".equals(address.getScheme())
            || ("http".equals(address.getScheme()) && isLoopback(host)));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  @Override
  public String toString() {
    return text;
  }
}
