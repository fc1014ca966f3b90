package lazaret.signin.workload;

import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.signin.ForeignJson;
import org.jspecify.annotations.Nullable;

/// The issuer that a token names, before its signature is verified. It only selects the keys.
final class UnverifiedIssuer {
  private static final Pattern COMPACT =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.[A-Za-z0-9_-]*");

  private UnverifiedIssuer() {}

  /// Returns the claim `iss`, which is an empty text if it is absent. The result is empty if the
  /// text is not a token in the compact serialization (RFC 7515 section 7.1) with two JSON objects.
  ///
  /// @param text at most [WorkloadTokenVerifier#MAX_BYTES] characters
  static Optional<String> of(String text) {
    Matcher form = COMPACT.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    Map<String, Object> header = object(form.group(1));
    Map<String, Object> claims = object(form.group(2));
    if (header == null || claims == null) {
      return Optional.empty();
    }
    return Optional.of(claims.get("iss") instanceof String issuer ? issuer : "");
  }

  /// Returns an object; null if the part is not one.
  private static @Nullable Map<String, Object> object(String part) {
    try {
      return ForeignJson.object(
          new Base64URL(part).decodeToString(), WorkloadTokenVerifier.MAX_BYTES);
    } catch (ParseException | IllegalArgumentException _) {
      return null;
    }
  }
}
