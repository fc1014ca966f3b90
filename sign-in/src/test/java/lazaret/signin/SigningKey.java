package lazaret.signin;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// A key pair that signs tokens with the JDK alone, so that tests compare two implementations.
///
/// @param kid the id of the key
public record SigningKey(String kid, KeyPair pair) {
  /// Creates an RSA key of 2,048 bits.
  public static SigningKey rsa(String kid) {
    return rsa(kid, 2_048);
  }

  /// Creates an RSA key.
  static SigningKey rsa(String kid, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return new SigningKey(kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Creates a key on the curve P-256.
  public static SigningKey ec(String kid) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new SigningKey(kid, generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Creates an Ed25519 key.
  public static SigningKey ed25519(String kid) {
    try {
      return new SigningKey(kid, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Returns the public key as members of a JSON Web Key.
  public Map<String, Object> jwk() {
    Map<String, Object> jwk = new LinkedHashMap<>();
    jwk.put("kid", kid);
    jwk.put("use", "sig");
    switch (pair.getPublic()) {
      case RSAPublicKey rsa -> {
        jwk.put("kty", "RSA");
        jwk.put("n", Base64URL.encode(rsa.getModulus()).toString());
        jwk.put("e", Base64URL.encode(rsa.getPublicExponent()).toString());
      }
      case ECPublicKey ec -> {
        jwk.put("kty", "EC");
        jwk.put("crv", "P-256");
        jwk.put("x", coordinate(ec.getW().getAffineX()));
        jwk.put("y", coordinate(ec.getW().getAffineY()));
      }
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        jwk.put("kty", "OKP");
        jwk.put("crv", "Ed25519");
        jwk.put("x", base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
    }
    return jwk;
  }

  private static String coordinate(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[32];
    int length = Math.min(32, bytes.length);
    System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
    return base64(fixed);
  }

  /// Returns a signed token.
  ///
  /// @param algorithm the header `alg`, which this key must support
  public String signed(String algorithm, Map<String, ?> claims) {
    return signed(Map.of("alg", algorithm, "kid", kid), algorithm, claims);
  }

  /// Returns a token with any header.
  ///
  /// @param algorithm the algorithm of the signature
  public String signed(Map<String, ?> header, String algorithm, Map<String, ?> claims) {
    String input = unsigned(header, claims);
    return input + "." + base64(signature(algorithm, input));
  }

  /// Returns header and claims of a token, without a dot at the end.
  public static String unsigned(Map<String, ?> header, Map<String, ?> claims) {
    return base64(JSONObjectUtils.toJSONString(header).getBytes(StandardCharsets.UTF_8))
        + "."
        + base64(JSONObjectUtils.toJSONString(claims).getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64URL.encode(bytes).toString();
  }

  private byte[] signature(String algorithm, String input) {
    try {
      Signature signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "RS512" -> "SHA512withRSA";
                case "PS256" -> "RSASSA-PSS";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                case "EdDSA" -> "Ed25519";
                default -> throw new AssertionError(algorithm);
              });
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(input.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
