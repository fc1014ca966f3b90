package lazaret.mirror.workload;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lazaret.vetting.MalformedException;

/// The parameters of a form (RFC 6749 appendix B). A parameter without a value counts as omitted,
/// as RFC 6749 section 3.2 requires.
///
/// @param values the values by name
public record FormParameters(Map<String, String> values) {
  private static final int MAX_PARAMETERS = 32;

  /// The parameters that a request can name several times (RFC 8693 section 2.1).
  private static final Set<String> REPEATED = Set.of("audience", "resource");

  /// Parses a form.
  ///
  /// @throws MalformedException if it is malformed, has more than 32 parameters, or has one twice
  public static FormParameters parse(String body) {
    Map<String, String> values = new HashMap<>();
    Set<String> names = new HashSet<>();
    String[] pairs = body.split("&", MAX_PARAMETERS + 1);
    if (pairs.length > MAX_PARAMETERS) {
      throw new MalformedException(
          "cannot read the request: expected at most 32 parameters, found more");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (!name.isEmpty() && !names.add(name) && !REPEATED.contains(name)) {
        throw new MalformedException(
            "cannot read the request: expected each parameter once, found one twice");
      }
      if (!value.isEmpty()) {
        values.put(name, value);
      }
    }
    return new FormParameters(Map.copyOf(values));
  }

  /// Returns the value of a parameter, or empty if it is absent or has none.
  public Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          "cannot read the request: expected a form in percent-encoding, found another text", e);
    }
  }

  /// Returns the number of parameters, because the values contain a token.
  @Override
  public String toString() {
    return values.size() + " parameters";
  }
}
