package lazaret.bundle.tuf;

import java.util.HexFormat;
import lazaret.vetting.Bytes;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.Signer;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// The signatures and digests that Bouncy Castle computes. No class that a start loads may need
/// types of Bouncy Castle for its verification, as by a `catch` clause or an argument that is
/// passed as a supertype: with such a class in the AOT cache, each start of a program opens the
/// signed jar, which takes a tenth of a second.
final class LibrarySignatures {
  private LibrarySignatures() {}

  /// Returns whether an Ed25519 signature is valid (RFC 8032). False for a key or a signature of
  /// another length.
  static boolean verifiesEd25519(byte[] key, Bytes message, byte[] signature) {
    // The signer class of Bouncy Castle would copy the message.
    return key.length == Ed25519PublicKeyParameters.KEY_SIZE
        && signature.length == Ed25519PrivateKeyParameters.SIGNATURE_SIZE
        && new Ed25519PublicKeyParameters(key, 0)
            .verify(
                Ed25519.Algorithm.Ed25519,
                null,
                message.array(),
                0,
                message.length(),
                signature,
                0);
  }

  /// Returns whether an ML-DSA-65 signature is valid (FIPS 204).
  ///
  /// @param key the 1,952 bytes of the public key
  static boolean verifiesMlDsa65(byte[] key, byte[] message, byte[] signature) {
    var verifier = new MLDSASigner();
    verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key));
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }

  /// Returns the SHA-512 of bytes.
  static byte[] sha512(Bytes message) {
    var digest = new SHA512Digest();
    digest.update(message.array(), 0, message.length());
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  /// Signs a message and returns the signature in lower-case hex.
  ///
  /// @param signer a signer that has its key
  static String hex(Signer signer, byte[] message) {
    signer.update(message, 0, message.length);
    try {
      return HexFormat.of().formatHex(signer.generateSignature());
    } catch (CryptoException e) {
      throw new IllegalStateException("a key that was made here cannot sign", e);
    }
  }
}
