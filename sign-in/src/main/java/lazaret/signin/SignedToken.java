package lazaret.signin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// A JSON Web Token whose signature was verified (RFC 7519). Its claims were not checked.
///
/// @param name the name of the token in messages, for example `ID token`
/// @param algorithm the algorithm of the signature: RS256, PS256, ES256 or EdDSA
/// @param type the header `typ`; null if there is none
/// @param claims the claims by name, with values as in JSON
public record SignedToken(
    String name, String algorithm, @Nullable String type, Map<String, Object> claims) {
  /// The last second that a claim may name: the end of the year 9999.
  private static final long MAX_SECOND = 253_402_300_799L;

  /// Returns whether the token has a claim with a value other than null.
  public boolean has(String claim) {
    return claims.get(claim) != null;
  }

  /// Returns a text, or empty if the token has no such claim.
  ///
  /// @throws TokenRefusedException if the value is not a string
  public Optional<String> text(String claim) {
    Object value = claims.get(claim);
    if (value != null && !(value instanceof String)) {
      throw refused(claim, "a string", value);
    }
    return Optional.ofNullable((String) value);
  }

  /// Returns the texts of a claim that is a string or a list of strings. The result is empty if the
  /// token has no such claim.
  ///
  /// @throws TokenRefusedException if the value has another form
  public Optional<List<String>> texts(String claim) {
    Object value = claims.get(claim);
    return switch (value) {
      case null -> Optional.empty();
      case String text -> Optional.of(List.of(text));
      case List<?> list -> Optional.of(texts(claim, list));
      default -> throw refused(claim, "a string or a list of strings", value);
    };
  }

  private List<String> texts(String claim, List<?> list) {
    List<String> texts = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof String text)) {
        throw refused(claim, "a list of strings", one);
      }
      texts.add(text);
    }
    return List.copyOf(texts);
  }

  /// Returns a time, or empty if the token has no such claim.
  ///
  /// @throws TokenRefusedException if the value is not a number of seconds from 1970 to 9999
  public Optional<Instant> time(String claim) {
    Object value = claims.get(claim);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number seconds) {
      double exact = seconds.doubleValue();
      if (exact >= 0 && exact <= MAX_SECOND) {
        return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
      }
    }
    throw refused(claim, "a number of seconds since 1970", value);
  }

  /// Returns the refusal of a claim.
  ///
  /// @param expected the expected value
  /// @param found the value in the token, or null if there is none; foreign
  public TokenRefusedException refused(String claim, String expected, @Nullable Object found) {
    return new TokenRefusedException(
        "cannot accept the %s: expected '%s' to be %s, found %s; check the client in the configuration of the provider"
            .formatted(
                name,
                claim,
                expected,
                found == null ? "none" : "'" + Excerpt.of(String.valueOf(found)) + "'"));
  }

  /// Returns the name alone: claims are personal data.
  @Override
  public String toString() {
    return name;
  }
}
