package lazaret.bundle.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// The incorrect use of ML-DSA, without TAP 21 or with smaller keys.
final class RawMlDsa {
  private RawMlDsa() {}

  /// Signs the message itself with the key of a name in [TestStream#pair].
  static String sign(String name, Bytes message) {
    var signer = new MLDSASigner();
    signer.init(true, new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed(name)));
    signer.update(message.array(), 0, message.length());
    try {
      return HexFormat.of().formatHex(signer.generateSignature());
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] seed(String name) {
    byte[] text = (name + " 2").getBytes(StandardCharsets.UTF_8);
    return Sha256.of(text, 0, text.length).bytes();
  }

  /// Returns an ML-DSA-44 key in PEM.
  static String publicKey44() {
    byte[] key =
        new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed("small"))
            .getPublicKeyParameters()
            .getEncoded();
    byte[] head = HexFormat.of().parseHex("30820532300b0609608648016503040311038205210" + "0");
    byte[] der = new byte[head.length + key.length];
    System.arraycopy(head, 0, der, 0, head.length);
    System.arraycopy(key, 0, der, head.length, key.length);
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
  }
}
