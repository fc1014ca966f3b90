package lazaret.web;

import java.util.Optional;

/// The check that a page of another site cannot act with the cookie of a person (cross-site request
/// forgery). A browser states the relation of the sending page in `Sec-Fetch-Site`; an older one
/// states its origin in `Origin`. Pages cannot change either.
///
/// Source: Fetch Metadata Request Headers, section 2.3; RFC 6454, section 7.
///
/// @param origin scheme, host and port of the desk, as browsers write it
public record CrossSiteCheck(String origin) {
  /// Returns whether a request may change something. Requests without both headers are refused.
  public boolean accepts(WebRequest request) {
    if (request.reads()) {
      return true;
    }
    Optional<String> site = request.header("sec-fetch-site");
    return site.map("same-origin"::equals)
        .orElseGet(() -> request.header("origin").filter(origin::equals).isPresent());
  }
}
