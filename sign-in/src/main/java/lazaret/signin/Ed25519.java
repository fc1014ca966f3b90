package lazaret.signin;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/// The verification of Ed25519 signatures (RFC 8032, RFC 8037) by the JDK. The verifier of the JOSE
/// library needs a further library.
final class Ed25519 {
  private static final String NAME = "Ed25519";

  private Ed25519() {}

  /// Returns whether a signature verifies.
  ///
  /// @param key the 32 bytes of the public key
  static boolean verifies(byte[] key, byte[] message, byte[] signature) {
    try {
      Signature verification = Signature.getInstance(NAME);
      verification.initVerify(publicKey(key));
      verification.update(message);
      return verification.verify(signature);
    } catch (GeneralSecurityException _) {
      // A key that is not a point of the curve, or a signature of another length.
      return false;
    }
  }

  private static PublicKey publicKey(byte[] key) throws GeneralSecurityException {
    // SubjectPublicKeyInfo of RFC 8410 section 4: the algorithm, then the 32 bytes as a bit string.
    byte[] prefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
    byte[] encoded = new byte[prefix.length + key.length];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    System.arraycopy(key, 0, encoded, prefix.length, key.length);
    return KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded));
  }
}
