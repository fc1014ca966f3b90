package lazaret.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// A verifier of the signatures of JSON Web Tokens in compact form (RFC 7515). It accepts RS256,
/// PS256, ES256 and EdDSA with Ed25519, by keys of the issuer only: keys and addresses in the
/// header of a token are not used. A key id is compared with those of the issuer and has no other
/// use. Thread-safe; blocks while keys are fetched.
public final class SignedTokenVerifier {
  /// The maximum length of a token, in characters.
  public static final int MAX_LENGTH = 64 << 10;

  private static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "EdDSA");

  /// The maximum number of keys with one id that are tried.
  private static final int MAX_TRIES = 4;

  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]{2,}\\.[A-Za-z0-9_-]*");

  private final IssuerKeys keys;

  /// Creates a verifier.
  ///
  /// @param keys the keys of the issuer
  public SignedTokenVerifier(IssuerKeys keys) {
    this.keys = keys;
  }

  /// Verifies the signature of a token.
  ///
  /// @param text the token as it was received; foreign
  /// @param name the name of the token in messages, for example `ID token`
  /// @throws TokenRefusedException if it is too long, malformed, or not signed by a key of the
  ///   issuer
  /// @throws IssuerUnavailableException if the keys of the issuer are unknown
  public SignedToken verify(String text, String name) {
    Unverified token = parsed(text, name);
    if (!isSigned(token, keys.keys())) {
      String kid = token.kid();
      // The issuer may have added a key after the last fetch.
      if (!isSigned(token, keys.refreshed(kid == null ? "" : kid))) {
        throw refused(
            name,
            "a signature by a key of the issuer",
            kid == null ? "another" : "none of key '" + Excerpt.of(kid) + "'");
      }
    }
    return new SignedToken(name, token.algorithm(), token.type(), token.claims());
  }

  /// A token before its verification.
  private record Unverified(
      JWSObject object,
      String algorithm,
      @Nullable String kid,
      @Nullable String type,
      Map<String, Object> claims) {}

  private static Unverified parsed(String text, String name) {
    if (text.length() > MAX_LENGTH) {
      throw refused(name, "at most " + MAX_LENGTH + " characters", text.length() + "");
    }
    if (!COMPACT.matcher(text).matches()) {
      throw refused(name, "a signed token in compact form", "another text");
    }
    try {
      Map<String, Object> header =
          ForeignJson.object(
              new Base64URL(text.substring(0, text.indexOf('.'))).decodeToString(), MAX_LENGTH);
      // The algorithm is checked before any key is looked up: an HMAC over the text of a public key
      // must not be computed at all.
      if (!(header.get("alg") instanceof String algorithm) || !ALGORITHMS.contains(algorithm)) {
        throw refused(
            name,
            "the algorithm RS256, PS256, ES256 or EdDSA",
            "'" + Excerpt.of(String.valueOf(header.get("alg"))) + "'");
      }
      if (header.containsKey("crit")) {
        throw refused(name, "no critical header", "one");
      }
      if (text.endsWith(".")) {
        throw refused(name, "a signature", "none");
      }
      String kid = kid(header, name);
      JWSObject object = JWSObject.parse(text);
      return new Unverified(
          object,
          algorithm,
          kid,
          header.get("typ") instanceof String type ? type : null,
          ForeignJson.object(object.getPayload().toString(), MAX_LENGTH));
    } catch (ParseException | IllegalArgumentException e) {
      throw new TokenRefusedException(
          "cannot accept the "
              + name
              + ": expected a header and claims as JSON objects, found another form; report it to"
              + " the administrator of the provider",
          e);
    }
  }

  private static @Nullable String kid(Map<String, Object> header, String name) {
    Object kid = header.get("kid");
    if (kid == null) {
      return null;
    }
    if (!(kid instanceof String text) || text.length() > KeySetReader.MAX_KID) {
      throw refused(
          name, "a key id of at most " + KeySetReader.MAX_KID + " characters", "another value");
    }
    return text;
  }

  private static boolean isSigned(Unverified token, JWKSet set) {
    List<JWK> candidates =
        set.getKeys().stream()
            .filter(key -> fits(key, token.algorithm()))
            .filter(key -> token.kid() == null || token.kid().equals(key.getKeyID()))
            .toList();
    // OpenID Connect Core 1.0 section 10.1: with several keys, a token names its key.
    if (token.kid() == null && candidates.size() > 1) {
      return false;
    }
    return candidates.stream().limit(MAX_TRIES).anyMatch(key -> isSigned(token.object(), key));
  }

  private static boolean fits(JWK key, String algorithm) {
    boolean type =
        switch (algorithm) {
          case "RS256", "PS256" -> key instanceof RSAKey;
          case "ES256" -> key instanceof ECKey;
          default -> key instanceof OctetKeyPair;
        };
    return type && (key.getAlgorithm() == null || key.getAlgorithm().getName().equals(algorithm));
  }

  private static boolean isSigned(JWSObject object, JWK key) {
    try {
      return switch (key) {
        case RSAKey rsa -> object.verify(new RSASSAVerifier(rsa));
        case ECKey ec -> object.verify(new ECDSAVerifier(ec));
        case OctetKeyPair pair ->
            Ed25519.verifies(
                pair.getDecodedX(), object.getSigningInput(), object.getSignature().decode());
        default -> false;
      };
    } catch (JOSEException | IllegalStateException _) {
      // A signature of a wrong length, or a key that the provider of the JDK refuses.
      return false;
    }
  }

  private static TokenRefusedException refused(String name, String expected, String found) {
    return new TokenRefusedException(
        "cannot accept the %s: expected %s, found %s; check the signing keys of the provider"
            .formatted(name, expected, found));
  }
}
