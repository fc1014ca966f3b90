package lazaret.signin;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import java.math.BigInteger;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lazaret.vetting.Bytes;

/// A reader of JSON Web Key Sets (RFC 7517 section 5). It keeps public keys for signatures by
/// RS256, PS256, ES256 and EdDSA with Ed25519, and omits all others. Of each key it reads the
/// public members only, so that a symmetric or private key never enters the set.
public final class KeySetReader {
  /// The maximum size of a document, in bytes.
  public static final int MAX_BYTES = 256 << 10;

  /// The maximum number of keys of a document.
  public static final int MAX_KEYS = 100;

  /// The maximum length of the id of a key, in characters.
  public static final int MAX_KID = 256;

  private static final int MIN_RSA_BITS = 2_048;
  private static final int MAX_RSA_BITS = 8_192;
  private static final int MAX_EXPONENT_BITS = 32;
  private static final List<String> MEMBERS =
      List.of("kty", "use", "key_ops", "alg", "kid", "n", "e", "crv", "x", "y");

  private KeySetReader() {}

  /// Reads a document.
  ///
  /// @param owner the name of the issuer or file, for messages
  /// @throws IssuerUnavailableException if it is not a key set, has too many keys, or no usable key
  public static JWKSet parse(Bytes document, String owner) {
    List<?> found = list(document, owner);
    if (found.size() > MAX_KEYS) {
      throw new IssuerUnavailableException(
          "cannot use the keys of %s: expected at most %d, found %d; remove old keys at the provider"
              .formatted(owner, MAX_KEYS, found.size()));
    }
    List<JWK> keys = new ArrayList<>();
    for (Object one : found) {
      if (one instanceof Map<?, ?> members) {
        key(members).ifPresent(keys::add);
      }
    }
    if (keys.isEmpty()) {
      throw new IssuerUnavailableException(
          "cannot use the keys of %s: expected a key for RS256, PS256, ES256 or EdDSA, found none among %d; add one at the provider"
              .formatted(owner, found.size()));
    }
    return new JWKSet(keys);
  }

  private static List<?> list(Bytes document, String owner) {
    try {
      if (ForeignJson.object(document.text(), MAX_BYTES).get("keys") instanceof List<?> keys) {
        return keys;
      }
    } catch (ParseException _) {
      // reported below, like an object of another form
    }
    throw new IssuerUnavailableException(
        "cannot read the keys of "
            + owner
            + ": expected a JSON object with the list 'keys'; check 'jwks_uri' of the provider");
  }

  private static Optional<JWK> key(Map<?, ?> members) {
    Map<String, Object> known = new HashMap<>();
    for (String name : MEMBERS) {
      Object value = members.get(name);
      if (value != null) {
        known.put(name, value);
      }
    }
    try {
      JWK key = JWK.parse(known);
      return isForSignatures(key) && isSound(key) ? Optional.of(key) : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
      // RFC 7517 section 5: a key of an unknown form is omitted, and the others remain usable.
      return Optional.empty();
    }
  }

  private static boolean isForSignatures(JWK key) {
    String kid = key.getKeyID();
    return (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
        && (kid == null || kid.length() <= MAX_KID);
  }

  private static boolean isSound(JWK key) {
    return switch (key) {
      case RSAKey rsa -> isSound(rsa);
      case ECKey ec -> Curve.P_256.equals(ec.getCurve());
      case OctetKeyPair pair ->
          Curve.Ed25519.equals(pair.getCurve()) && pair.getDecodedX().length == 32;
      default -> false;
    };
  }

  /// Checks the numbers of an RSA key. A large exponent or modulus would make each verification
  /// slow.
  private static boolean isSound(RSAKey key) {
    BigInteger modulus = key.getModulus().decodeToBigInteger();
    BigInteger exponent = key.getPublicExponent().decodeToBigInteger();
    return modulus.bitLength() >= MIN_RSA_BITS
        && modulus.bitLength() <= MAX_RSA_BITS
        && exponent.bitLength() <= MAX_EXPONENT_BITS
        && exponent.testBit(0)
        && exponent.compareTo(BigInteger.ONE) > 0;
  }
}
