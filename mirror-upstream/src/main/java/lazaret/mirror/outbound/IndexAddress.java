package lazaret.mirror.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/// The configured address of an index, with its credentials and the User-Agent.
public final class IndexAddress {
  private IndexAddress() {}

  /// Returns the base to which paths of index files are appended: with a slash at the end, without
  /// credentials.
  ///
  /// @throws UpstreamException if the address is not `http` or `https`, names no host, or has a
  ///   query
  public static URI base(URI given) {
    String scheme = given.getScheme() == null ? "" : given.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || given.getHost() == null || given.getRawQuery() != null) {
      throw new UpstreamException(
          "cannot use '"
              + DestinationPolicy.shown(given)
              + "' as upstream: expected the address of a sparse index, like https://HOST/PATH/");
    }
    String path = given.getRawPath() == null ? "" : given.getRawPath();
    try {
      URI plain = new URI(scheme, null, given.getHost(), given.getPort(), "/", null, null);
      return plain.resolve(path.endsWith("/") ? path : path + "/");
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UpstreamException(
          "cannot use '" + DestinationPolicy.shown(given) + "' as upstream: it is not an address",
          e);
    }
  }

  /// Returns options with user info of the address as Basic credentials, unless others are
  /// configured.
  public static UpstreamOptions withCredentials(URI given, UpstreamOptions options) {
    String userInfo = given.getUserInfo();
    return userInfo == null || options.network().authorization() != null
        ? options
        : options.withNetwork(options.network().withAuthorization(ProxyRoute.basic(userInfo)));
  }

  /// Returns `lazaret/VERSION (+CONTACT)`. The public registry requires heavy users to be
  /// reachable.
  public static String userAgent(String contact) {
    String version = IndexAddress.class.getPackage().getImplementationVersion();
    String product = "lazaret/" + (version == null ? "dev" : version);
    String reachable = contact.replaceAll("[^\\x20-\\x7e]|[()]", "").strip();
    return reachable.isEmpty() ? product : product + " (+" + reachable + ")";
  }
}
