package lazaret.bundle.hardware;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.StringJoiner;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.tuf.SigningKey;
import lazaret.bundle.tuf.TufKey;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;
import org.jspecify.annotations.Nullable;

/// An ECDSA key on the curve P-256 in a hardware module, which signs there. The JDK's provider for
/// PKCS #11 is used; it signs neither with Ed25519 nor with ML-DSA. Signatures are verified before
/// use. Thread-safe.
///
/// Source: PKCS #11 3.0; JDK, *PKCS#11 Reference Guide*.
public final class Pkcs11Key implements SigningKey {
  private static final String ALGORITHM = "SHA256withECDSA";
  private static final String PROVIDER = "SunPKCS11";
  private static final String CURVE = "secp256r1";
  private static final int MOST_CAUSES = 5;

  private final Pkcs11Settings settings;
  private final Provider provider;
  private final PrivateKey key;
  private final TufKey publicKey;

  private Pkcs11Key(
      Pkcs11Settings settings, Provider provider, PrivateKey key, PublicKey publicKey) {
    this.settings = settings;
    this.provider = provider;
    this.key = key;
    this.publicKey = TufKey.ecdsaP256(publicKey.getEncoded());
  }

  /// Opens a key.
  ///
  /// @param pin the PIN of the token; the array is not changed
  /// @throws BundleException `key-unusable` if the driver, the token or the key cannot be used, the
  ///   PIN is wrong, or the module gives the private key away
  public static Pkcs11Key open(Pkcs11Settings settings, char[] pin) {
    Provider provider = provider(settings);
    try {
      KeyStore token = token(provider, pin);
      Certificate certificate = token.getCertificate(settings.label());
      if (certificate == null
          || !(token.getKey(settings.label(), null) instanceof PrivateKey key)) {
        throw unusable(
            settings,
            "the token has no private key with a certificate of that label; 'keys hardware' makes"
                + " both",
            null);
      }
      if (key.getEncoded() != null) {
        throw unusable(settings, "the module gives the private key away: make another key", null);
      }
      return new Pkcs11Key(settings, provider, key, certificate.getPublicKey());
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      throw failed(settings, e);
    }
  }

  /// Creates a key in the module, with a certificate of its own, without which the provider lists
  /// no private key.
  ///
  /// @param pin the PIN of the token; the array is not changed
  /// @param now the beginning of the validity of the certificate
  /// @throws BundleException `key-unusable` if it cannot be made, or the label is in use
  public static Pkcs11Key create(Pkcs11Settings settings, char[] pin, Instant now) {
    Provider provider = provider(settings);
    try {
      KeyStore token = token(provider, pin);
      if (token.containsAlias(settings.label())) {
        throw unusable(
            settings,
            "the token has a key of that label already; use it with --existing, or another label",
            null);
      }
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
      generator.initialize(new ECGenParameterSpec(CURVE));
      KeyPair pair = generator.generateKeyPair();
      Certificate certificate =
          SelfSignedCertificate.of(
              settings.label(),
              pair.getPublic(),
              now,
              bytes -> signature(provider, pair.getPrivate(), bytes));
      token.setKeyEntry(settings.label(), pair.getPrivate(), null, new Certificate[] {certificate});
    } catch (GeneralSecurityException | IOException | ProviderException e) {
      throw failed(settings, e);
    }
    return open(settings, pin);
  }

  private static Provider provider(Pkcs11Settings settings) {
    Provider prototype = Security.getProvider(PROVIDER);
    if (prototype == null) {
      throw unusable(
          settings, "the Java runtime has no module jdk.crypto.cryptoki; use another one", null);
    }
    try {
      return prototype.configure(settings.configuration());
    } catch (InvalidParameterException | ProviderException | UnsupportedOperationException e) {
      throw failed(settings, e);
    }
  }

  private static KeyStore token(Provider provider, char[] pin)
      throws GeneralSecurityException, IOException {
    KeyStore token = KeyStore.getInstance("PKCS11", provider);
    token.load(null, pin);
    return token;
  }

  private static byte[] signature(Provider provider, PrivateKey key, byte[] message)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance(ALGORITHM, provider);
    signer.initSign(key);
    signer.update(message);
    return signer.sign();
  }

  @Override
  public TufKey publicKey() {
    return publicKey;
  }

  /// Signs canonical JSON: an ECDSA signature in DER over its SHA-256.
  ///
  /// @throws BundleException `key-unusable` if the module does not sign, or signs with another key
  @Override
  public String sign(Bytes canonical) {
    String signature;
    try {
      signature = HexFormat.of().formatHex(signature(provider, key, canonical.array()));
    } catch (GeneralSecurityException | ProviderException e) {
      throw failed(settings, e);
    }
    if (!publicKey.verifies(canonical, signature)) {
      throw unusable(settings, "its signature does not verify with its certificate", null);
    }
    return signature;
  }

  /// Returns the refusal of a failed operation. The code of the driver, such as
  /// `CKR_PIN_INCORRECT`, is in the message of a cause.
  private static BundleException failed(Pkcs11Settings settings, Exception e) {
    StringJoiner messages = new StringJoiner(": ");
    Throwable cause = e;
    for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
      String message = cause.getMessage();
      if (message != null) {
        messages.add(message);
      }
      cause = cause.getCause();
    }
    String why = messages.toString();
    return unusable(settings, advice(why) + Excerpt.of(why), e);
  }

  private static String advice(String why) {
    if (why.contains("CKR_PIN_LOCKED")) {
      return "the token is locked after wrong PINs; its security officer unlocks it: ";
    }
    if (why.contains("CKR_PIN_EXPIRED")) {
      return "the PIN has expired; set another one by the tools of the token: ";
    }
    return why.contains("CKR_PIN_")
        ? "the PIN is wrong, and was tried once; each wrong one brings the lock of the token closer: "
        : "";
  }

  private static BundleException unusable(
      Pkcs11Settings settings, String why, @Nullable Throwable cause) {
    return new BundleException(
        BundleCode.KEY_UNUSABLE,
        "cannot use the key '%s' in slot %d of %s: %s"
            .formatted(settings.label(), settings.slot(), settings.library(), why),
        cause);
  }
}
