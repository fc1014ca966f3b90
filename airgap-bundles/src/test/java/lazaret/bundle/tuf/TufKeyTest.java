package lazaret.bundle.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.HashMLDSASigner;
import org.junit.jupiter.api.Test;

/// Keys as whoever made the next root may write them: they verify nothing, and throw nothing.
class TufKeyTest {
  private static final Bytes MESSAGE = Bytes.utf8("anything");
  private static final SigningKey KEY = TestRepository.ed25519("one");
  private static final SigningKey ML_DSA = TestRepository.mlDsa("one");

  @Test
  @Attack(11)
  void anEd25519KeyHasItsLength() {
    String material = KEY.publicKey().material();
    String signature = KEY.sign(MESSAGE);

    assertThat(KEY.publicKey().verifies(MESSAGE, signature)).isTrue();
    for (String other : List.of("", "00", material.substring(2), material + "00", "x" + material)) {
      TufKey key = TufKey.of("ed25519", "ed25519", other);
      assertThat(key.verifies(MESSAGE, signature)).as(other).isFalse();
    }
  }

  @Test
  @Attack(11)
  void anMlDsaKeyHasItsFrame() {
    String material = ML_DSA.publicKey().material();
    String signature = ML_DSA.sign(MESSAGE);

    assertThat(ML_DSA.publicKey().verifies(MESSAGE, signature)).isTrue();
    for (String other :
        List.of(
            "",
            "-----BEGIN PUBLIC KEY-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
            material.substring(1),
            material.replaceFirst("\n.", "\n*"),
            material.replaceFirst("\n.{64}", ""))) {
      TufKey key = TufKey.of("ml-dsa", "ml-dsa-65/1", other);
      assertThat(key.verifies(MESSAGE, signature)).as(other).isFalse();
    }
  }

  /// The variant of FIPS 204 that hashes before it signs is another algorithm.
  @Test
  @Attack(10)
  void aHashMlDsaSignatureDoesNotCount() throws CryptoException {
    byte[] seed = Sha256.of(Bytes.utf8("one")).bytes();
    var key = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65_with_sha512, seed);
    for (byte[] message : List.of(MESSAGE.array(), TufKey.tap21(MESSAGE))) {
      var signer = new HashMLDSASigner();
      signer.init(true, key);
      signer.update(message, 0, message.length);
      String signature = HexFormat.of().formatHex(signer.generateSignature());

      assertThat(signature).hasSameSizeAs(ML_DSA.sign(MESSAGE));
      assertThat(ML_DSA.publicKey().verifies(MESSAGE, signature)).isFalse();
    }
  }
}
