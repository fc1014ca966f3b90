package lazaret.bundle.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import lazaret.testkit.Attack;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.HashMLDSASigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Malformed keys in a root: they verify no signature, and cause no exception.
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

  @ParameterizedTest
  @ValueSource(strings = {"ed25519", "ml-dsa", "EC", "RSA"})
  @Attack(3)
  void aKeyIsTheSameInEachTextForm(String kind) throws GeneralSecurityException {
    TufKey key = key(kind);
    List<String> forms =
        kind.equals("ed25519")
            ? List.of(key.material().toUpperCase(Locale.ROOT), " " + key.material() + "\n")
            : List.of(
                key.material() + "\n",
                key.material().replace("\n", "\r\n"),
                key.material().replaceFirst("\n(.{10})", "\n$1\n"));

    for (String form : forms) {
      TufKey other = new TufKey("other", key.type(), key.scheme(), form);
      assertThat(other.isSameKeyAs(key)).as(form).isTrue();
    }
    assertThat(key.isSameKeyAs(key(kind.equals("EC") ? "RSA" : "EC"))).isFalse();
  }

  private static TufKey key(String kind) throws GeneralSecurityException {
    return switch (kind) {
      case "ed25519" -> KEY.publicKey();
      case "ml-dsa" -> ML_DSA.publicKey();
      default -> {
        byte[] der = KeyPairGenerator.getInstance(kind).generateKeyPair().getPublic().getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
        yield kind.equals("EC")
            ? TufKey.of("ecdsa", "ecdsa-sha2-nistp256", pem)
            : TufKey.of("rsa", "rsassa-pss-sha256", pem);
      }
    };
  }

  /// HashML-DSA, the variant of FIPS 204 that hashes before signing, is another algorithm.
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
