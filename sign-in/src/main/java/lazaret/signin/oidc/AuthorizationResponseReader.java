package lazaret.signin.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.MalformedException;

/// A reader of the response of the provider to a request for authorization (RFC 6749 section 4.1.2,
/// RFC 9207 section 2). The response is the query of the address to which the provider sent the
/// browser. The library alone would use the first of two equal parameters, and omit parameters that
/// it cannot decode.
final class AuthorizationResponseReader {
  /// The maximum length of a query, in characters.
  static final int MAX_LENGTH = 16 << 10;

  private static final int MAX_PARAMETERS = 64;
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  /// The parameters of the code flow. The library would also read tokens and signed responses.
  private static final Set<String> KNOWN =
      Set.of("code", "state", "iss", "error", "error_description");

  private AuthorizationResponseReader() {}

  /// Parses a query. Unknown parameters are omitted.
  ///
  /// @param query the text after `?`, encoded; foreign
  /// @param redirectAddress the address without the query
  /// @throws MalformedException if it is too long, not in the form of a query, has a parameter
  ///   twice, or has a code or an error that cannot be one
  static AuthenticationResponse parse(String query, URI redirectAddress) {
    if (query.length() > MAX_LENGTH
        || query.chars().filter(c -> c == '&').count() >= MAX_PARAMETERS) {
      throw malformed("at most " + MAX_LENGTH + " characters and 64 parameters, found more");
    }
    if (BROKEN_ESCAPE.matcher(query).find()) {
      throw malformed("a query in the form of a web address, found another text");
    }
    Map<String, List<String>> parameters = new HashMap<>(URLUtils.parseParameters(query));
    parameters.keySet().retainAll(KNOWN);
    parameters.forEach(
        (name, values) -> {
          if (values.size() > 1) {
            throw malformed("each parameter once, found '" + name + "' twice");
          }
        });
    try {
      return AuthenticationResponseParser.parse(redirectAddress, parameters);
    } catch (ParseException | IllegalArgumentException _) {
      throw malformed("a code or an error of printable ASCII characters, found another text");
    }
  }

  private static MalformedException malformed(String expectedAndFound) {
    return new MalformedException(
        "cannot read the response of the identity provider: expected "
            + expectedAndFound
            + "; begin the sign-in again");
  }
}
