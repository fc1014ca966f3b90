package lazaret.bundle.tuf;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// A public key as named by a root or a delegation (TUF specification, *Key types*; TAP 21).
///
/// @param id the name by which signatures refer to the key; it is not derived from the key here
/// @param type the key type, for example `ed25519`
/// @param scheme the signature scheme, for example `ml-dsa-65/1`
/// @param material the public value as written in metadata: hex for Ed25519, PEM for the others
public record TufKey(String id, String type, String scheme, String material) {

  /// The prefix of the digest in TAP 21: the name and version of the encoding.
  private static final byte[] TAP_21 = {'t', 'u', 'f', 1};

  /// The beginning of a SubjectPublicKeyInfo of P-256 with an uncompressed point, before its two
  /// coordinates (RFC 5480, §2).
  private static final byte[] P256_PREFIX =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

  /// The length of the coordinates of a point, in bytes.
  private static final int P256_POINT = 64;

  private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String PEM_END = "-----END PUBLIC KEY-----";

  /// Returns whether a signature of this key over a message is valid. The result is false for an
  /// unknown scheme, an unreadable key and a malformed signature: such a signer does not count, and
  /// the metadata stays usable.
  public boolean verifies(Bytes message, String signature) {
    try {
      byte[] sig = HexFormat.of().parseHex(signature);
      return switch (type + " " + scheme) {
        case "ed25519 ed25519" -> ed25519(message, sig);
        case "ml-dsa ml-dsa-65/1" -> mlDsa(message, sig);
        case "ecdsa ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256 ecdsa-sha2-nistp256" ->
            jdk("SHA256withECDSA", "EC", message, sig);
        case "rsa rsassa-pss-sha256" -> jdk("RSASSA-PSS", "RSA", message, sig);
        default -> false;
      };
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      // The text is not hex, the key is unreadable, or the signature has a wrong length. JDK and
      // Bouncy Castle throw for some of these and return false for others.
      return false;
    }
  }

  private boolean ed25519(Bytes message, byte[] signature) {
    return LibrarySignatures.verifiesEd25519(HexFormat.of().parseHex(material), message, signature);
  }

  /// Returns whether the key has the form of an ML-DSA-65 public key (RFC 9881) with its full
  /// length.
  public boolean isMlDsa65() {
    try {
      byte[] encoded = der();
      byte[] prefix = MlDsaKeys.PREFIX;
      return encoded.length == prefix.length + MlDsaKeys.PUBLIC_LENGTH
          && Arrays.equals(encoded, 0, prefix.length, prefix, 0, prefix.length);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// Returns whether the key has the form of a public key on the curve P-256 (RFC 5480): an
  /// uncompressed point of the curve.
  public boolean isP256() {
    try {
      byte[] encoded = der();
      return encoded.length == P256_PREFIX.length + P256_POINT
          && Arrays.equals(encoded, 0, P256_PREFIX.length, P256_PREFIX, 0, P256_PREFIX.length)
          && Arrays.equals(jdkKey("EC").getEncoded(), encoded);
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      return false;
    }
  }

  /// Creates a key of the scheme `ecdsa-sha2-nistp256`.
  ///
  /// @param der the SubjectPublicKeyInfo of the key
  public static TufKey ecdsaP256(byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return of("ecdsa", "ecdsa-sha2-nistp256", PEM_BEGIN + "\n" + body + "\n" + PEM_END + "\n");
  }

  private boolean mlDsa(Bytes message, byte[] signature) {
    if (!isMlDsa65()) {
      return false;
    }
    byte[] encoded = der();
    byte[] key = Arrays.copyOfRange(encoded, MlDsaKeys.PREFIX.length, encoded.length);
    return LibrarySignatures.verifiesMlDsa65(key, tap21(message), signature);
  }

  /// Returns the key material in a form that is unique for each key. Two texts of one key (PEM with
  /// other line ends, hex in upper case, another scheme name) give equal bytes. Signers are counted
  /// by this value.
  ///
  /// @return the raw key for Ed25519; a SubjectPublicKeyInfo in DER for the others; the bytes of
  ///   the text if the key is unreadable, in which case it verifies no signature
  public Bytes keyBytes() {
    try {
      return Bytes.of(
          switch (type) {
            case "ed25519" -> HexFormat.of().parseHex(material.strip());
            case "ecdsa", "ecdsa-sha2-nistp256" -> jdkKey("EC").getEncoded();
            case "rsa" -> jdkKey("RSA").getEncoded();
            default -> der();
          });
    } catch (IllegalArgumentException | GeneralSecurityException _) {
      return Bytes.utf8(material);
    }
  }

  /// Returns whether both are the same public key, regardless of the text form.
  public boolean isSameKeyAs(TufKey other) {
    return keyBytes().equals(other.keyBytes());
  }

  /// Creates a key whose id is the SHA-256 of its canonical form (TUF specification, *Key types*).
  public static TufKey of(String type, String scheme, String material) {
    Bytes canonical = CanonicalJson.of(form(type, scheme, material));
    return new TufKey(Sha256.of(canonical).hex(), type, scheme, material);
  }

  /// Returns the key in the form of metadata.
  public JsonValue form() {
    return form(type, scheme, material);
  }

  private static JsonValue form(String type, String scheme, String material) {
    return new JsonValue.Fields(
        Map.of(
            "keytype", new JsonValue.Text(type),
            "scheme", new JsonValue.Text(scheme),
            "keyval", new JsonValue.Fields(Map.of("public", new JsonValue.Text(material)))));
  }

  /// Encodes an ML-DSA-65 public key as a SubjectPublicKeyInfo in DER (RFC 9881).
  ///
  /// @param key the 1,952 bytes of FIPS 204
  public static byte[] mlDsaDer(byte[] key) {
    byte[] prefix = MlDsaKeys.PREFIX;
    byte[] der = Arrays.copyOf(prefix, prefix.length + key.length);
    System.arraycopy(key, 0, der, prefix.length, key.length);
    return der;
  }

  /// Returns the message that an ML-DSA key signs instead of the metadata itself (TAP 21).
  public static byte[] tap21(Bytes message) {
    byte[] digest = LibrarySignatures.sha512(message);
    byte[] signed = Arrays.copyOf(TAP_21, TAP_21.length + digest.length);
    System.arraycopy(digest, 0, signed, TAP_21.length, digest.length);
    return signed;
  }

  private boolean jdk(String algorithm, String keys, Bytes message, byte[] signature)
      throws GeneralSecurityException {
    PublicKey key = jdkKey(keys);
    Signature verifier = Signature.getInstance(algorithm);
    if (algorithm.equals("RSASSA-PSS")) {
      verifier.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    verifier.initVerify(key);
    verifier.update(message.array(), 0, message.length());
    return verifier.verify(signature);
  }

  private PublicKey jdkKey(String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der()));
  }

  private byte[] der() {
    String pem = material.strip();
    if (!pem.startsWith(PEM_BEGIN)
        || !pem.endsWith(PEM_END)
        || pem.length() < PEM_BEGIN.length() + PEM_END.length()) {
      throw new IllegalArgumentException("not a public key in PEM");
    }
    String body = pem.substring(PEM_BEGIN.length(), pem.length() - PEM_END.length());
    return Base64.getMimeDecoder().decode(body);
  }
}
