package lazaret.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A signer of JSON Web Tokens by ES256, with a key of its own and the JDK alone. Thread-safe.
///
/// Source: RFC 7515, RFC 7517, RFC 7518 section 3.4.
public final class JwtSigner {
  private final String kid;
  private final KeyPair pair;

  /// Creates a signer with a new key.
  ///
  /// @param kid the id of the key
  public JwtSigner(String kid) {
    this.kid = kid;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      this.pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  /// Returns a token.
  ///
  /// @param claims texts, numbers, booleans, lists of texts and objects of these by name
  public String sign(Map<String, ?> claims) {
    String input = base64(json(Map.of("alg", "ES256", "kid", kid))) + "." + base64(json(claims));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key signs", e);
    }
  }

  /// Returns the JSON Web Key Set with the public key alone.
  public String keySet() {
    if (!(pair.getPublic() instanceof ECPublicKey key)) {
      throw new IllegalStateException("a key of another type");
    }
    String members =
        json(
            Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "kid",
                kid,
                "use",
                "sig",
                "x",
                base64(coordinate(key.getW().getAffineX())),
                "y",
                base64(coordinate(key.getW().getAffineY()))));
    return "{\"keys\":[" + members + "]}";
  }

  private static byte[] coordinate(BigInteger number) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[32];
    int count = Math.min(signed.length, bytes.length);
    System.arraycopy(signed, signed.length - count, bytes, bytes.length - count, count);
    return bytes;
  }

  private static String json(Map<String, ?> fields) {
    return fields.entrySet().stream()
        .map(field -> TestJson.quote(field.getKey()) + ":" + value(field.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return switch (value) {
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Map<?, ?> object ->
          object.entrySet().stream()
              .map(
                  field ->
                      TestJson.quote(String.valueOf(field.getKey()))
                          + ":"
                          + value(field.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
      case List<?> list -> TestJson.quoteAll(list.stream().map(Object::toString).toList());
      default -> TestJson.quote(value.toString());
    };
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
