package lazaret.signin.oidc;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/// Parameters in the form `application/x-www-form-urlencoded` (RFC 6749 appendix B).
final class QueryText {
  private QueryText() {}

  /// Returns an address with parameters added to its query, in the order of the map.
  static URI appended(URI address, Map<String, String> parameters) {
    String text = address.toString();
    String mark = address.getRawQuery() == null ? "?" : "&";
    return URI.create(
        text
            + mark
            + parameters.entrySet().stream()
                .map(one -> encoded(one.getKey()) + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&")));
  }

  /// Returns a text encoded.
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
