package lazaret.bundle.tuf;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import lazaret.vetting.Bytes;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;

/// A private key, or a device that contains one, which signs the canonical form of metadata.
/// Thread-safe.
public interface SigningKey {
  /// The length in bytes of the secret seed of either kind of key (RFC 8032, §5.1.5; FIPS 204,
  /// algorithm 1).
  int SEED_LENGTH = 32;

  /// Returns the public key in the form of metadata.
  TufKey publicKey();

  /// Signs canonical JSON.
  ///
  /// @param canonical the canonical JSON of the signed part of a metadata file
  /// @return the signature in lower-case hex
  String sign(Bytes canonical);

  /// Creates a key of the scheme `ed25519` (RFC 8032) from its seed.
  ///
  /// @param seed 32 secret bytes
  static SigningKey ed25519(byte[] seed) {
    return new Ed25519(new Ed25519PrivateKeyParameters(seed, 0));
  }

  /// Creates a key of the scheme `ml-dsa-65/1` (FIPS 204, TAP 21) from its seed.
  ///
  /// @param seed 32 secret bytes
  static SigningKey mlDsa(byte[] seed) {
    return new MlDsa(new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_65, seed));
  }

  /// A key of the scheme `ed25519`.
  final class Ed25519 implements SigningKey {
    private final Ed25519PrivateKeyParameters key;

    private Ed25519(Ed25519PrivateKeyParameters key) {
      this.key = key;
    }

    @Override
    public TufKey publicKey() {
      String hex = HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
      return TufKey.of("ed25519", "ed25519", hex);
    }

    @Override
    public String sign(Bytes canonical) {
      var signer = new Ed25519Signer();
      signer.init(true, key);
      return LibrarySignatures.hex(signer, canonical.array());
    }
  }

  /// A key of the scheme `ml-dsa-65/1`.
  final class MlDsa implements SigningKey {
    private static final int LINE = 64;

    private final MLDSAPrivateKeyParameters key;

    private MlDsa(MLDSAPrivateKeyParameters key) {
      this.key = key;
    }

    @Override
    public TufKey publicKey() {
      byte[] der = TufKey.mlDsaDer(key.getPublicKeyParameters().getEncoded());
      String body =
          Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
      return TufKey.of(
          "ml-dsa",
          "ml-dsa-65/1",
          "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
    }

    /// Signs with fresh randomness (*hedged*), as FIPS 204 (§3.4) recommends.
    @Override
    public String sign(Bytes canonical) {
      var signer = new MLDSASigner();
      signer.init(true, new ParametersWithRandom(key, new SecureRandom()));
      return LibrarySignatures.hex(signer, TufKey.tap21(canonical));
    }
  }
}
