package lazaret.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The check that a page of another site cannot act with the cookie of a person (cross-site request
/// forgery). A browser states the relation of the sending page in `Sec-Fetch-Site`; an older one
/// states its origin in `Origin`. Pages cannot change either.
///
/// Source: Fetch Metadata Request Headers, section 2.3; RFC 6454, section 7.
///
/// @param origin scheme, host and port of the desk, as browsers write it
public record CrossSiteCheck(String origin) {
  private static final List<String> LOOPBACK = List.of("127.0.0.1", "[::1]", "localhost");

  /// Brings the origin into the form of browsers: in lower case, without the port that the scheme
  /// implies (RFC 6454 §6.2).
  public CrossSiteCheck {
    origin = origin.toLowerCase(Locale.ROOT);
    String implied = origin.startsWith("https://") ? ":443" : ":80";
    if (origin.endsWith(implied)) {
      origin = origin.substring(0, origin.length() - implied.length());
    }
  }

  /// Returns whether a request may change something. Requests without both headers are refused.
  public boolean accepts(WebRequest request) {
    if (request.reads()) {
      return true;
    }
    Optional<String> site = request.header("sec-fetch-site");
    return site.map("same-origin"::equals)
        .orElseGet(() -> request.header("origin").filter(sent -> isOwn(sent, request)).isPresent());
  }

  /// Returns whether an origin is that of the desk. Its loopback names are equivalent if the
  /// request went to the same one, since another program may listen at another one.
  private boolean isOwn(String sent, WebRequest request) {
    if (sent.equals(origin)) {
      return true;
    }
    boolean sameHost =
        request.header("host").filter(host -> sent.endsWith("://" + host)).isPresent();
    return sameHost && LOOPBACK.stream().anyMatch(name -> sent.equals(withHost(name)));
  }

  /// Returns the origin with another loopback name in place of its own; the same if its host is not
  /// one.
  private String withHost(String other) {
    int host = origin.indexOf("://") + 3;
    for (String name : LOOPBACK) {
      if (origin.startsWith(name, host)) {
        String port = origin.substring(host + name.length());
        return port.isEmpty() || port.startsWith(":")
            ? origin.substring(0, host) + other + port
            : origin;
      }
    }
    return origin;
  }
}
