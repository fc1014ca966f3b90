package lazaret.signin.oidc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The claim `at_hash`: the left half of the digest of an access token (OpenID Connect Core 1.0
/// section 3.1.3.6).
final class AccessTokenHash {
  private AccessTokenHash() {}

  /// Returns the value of the claim.
  ///
  /// @param algorithm the algorithm of the ID token; EdDSA with Ed25519 means SHA-512, each other
  ///   accepted one SHA-256
  static String of(String accessToken, String algorithm) {
    byte[] text = accessToken.getBytes(StandardCharsets.US_ASCII);
    byte[] digest = algorithm.equals("EdDSA") ? sha512(text) : Sha256.of(Bytes.of(text)).bytes();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, digest.length / 2));
  }

  private static byte[] sha512(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java runtime has no SHA-512", e);
    }
  }
}
