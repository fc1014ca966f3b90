package lazaret.signin.oidc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;

/// The response of the provider to a request for authorization (RFC 6749 section 4.1.2, RFC 9207
/// section 2). It is the query of the address to which the provider sent the browser. Foreign data.
///
/// @param parameters the known parameters by name, decoded
record AuthorizationResponse(Map<String, String> parameters) {
  /// The maximum length of a query, in characters.
  static final int MAX_LENGTH = 16 << 10;

  private static final int MAX_PARAMETERS = 64;
  private static final Set<String> KNOWN =
      Set.of("code", "state", "iss", "error", "error_description");

  /// Copies the map.
  AuthorizationResponse {
    parameters = Map.copyOf(parameters);
  }

  /// Parses a query. Unknown parameters are omitted.
  ///
  /// @param query the text after `?`, encoded
  /// @throws MalformedException if it is too long, not in the form of a query, or has a parameter
  ///   twice
  static AuthorizationResponse parse(String query) {
    String[] parts = query.length() > MAX_LENGTH ? new String[0] : query.split("&", -1);
    if (parts.length == 0 || parts.length > MAX_PARAMETERS) {
      throw malformed("at most " + MAX_LENGTH + " characters and 64 parameters, found more");
    }
    Map<String, String> parameters = new HashMap<>();
    for (String part : parts) {
      int equals = part.indexOf('=');
      String name = decoded(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
      if (KNOWN.contains(name) && parameters.put(name, value) != null) {
        throw malformed("each parameter once, found '" + name + "' twice");
      }
    }
    return new AuthorizationResponse(parameters);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw malformed("a query in the form of a web address, found another text");
    }
  }

  private static MalformedException malformed(String expectedAndFound) {
    return new MalformedException(
        "cannot read the response of the identity provider: expected "
            + expectedAndFound
            + "; begin the sign-in again");
  }

  /// Returns a parameter, or empty if it is absent or empty (RFC 6749 section 3.1).
  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /// Returns a fixed text: the parameters contain a code.
  @Override
  public String toString() {
    return "response of the identity provider";
  }
}
