package lazaret.mirror.tls;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import lazaret.vetting.MalformedException;

/// A certificate of the server with its key, and a TLS context of its own. A context has its own
/// sessions, so that no session of another certificate is resumed in it. Immutable.
///
/// Sources: RFC 7468 (PEM), RFC 5208 (PKCS #8), RFC 5280 (certificates).
final class ServerCertificate {
  /// Any text: it is signed with the key and verified with the certificate.
  private static final byte[] SAMPLE = "lazaret".getBytes(StandardCharsets.US_ASCII);

  private final SSLContext context;
  private final X509Certificate own;
  private final String digest;

  private ServerCertificate(SSLContext context, X509Certificate own, String digest) {
    this.context = context;
    this.own = own;
    this.digest = digest;
  }

  /// Parses certificate and key.
  ///
  /// @throws MalformedException if one of them is not PEM, the key has another form than PKCS #8,
  ///   the two do not belong together, or the chain has another order; the message contains nothing
  ///   of the key
  static ServerCertificate of(CertificateFiles files) {
    Keys keys = keys(files);
    List<X509Certificate> chain = keys.certChain();
    PrivateKey key = keys.privateKey().orElse(null);
    if (key == null || chain.isEmpty()) {
      throw new MalformedException("expected a certificate and a key, found one of them alone");
    }
    X509Certificate own = chain.getFirst();
    if (!belong(key, own)) {
      throw new MalformedException("expected the key of the first certificate, found another key");
    }
    return new ServerCertificate(context(key, chain), own, files.digest());
  }

  private static SSLContext context(PrivateKey key, List<X509Certificate> chain) {
    try {
      return Tls.builder().privateKey(key).privateKeyCertChain(chain).build().sslContext();
    } catch (RuntimeException e) {
      // The key store of the JDK accepts no chain in another order, and none with repetitions.
      throw new MalformedException(
          "expected a chain in which each certificate is followed by that of its issuer, found"
              + " another one",
          e);
    }
  }

  private static Keys keys(CertificateFiles files) {
    try {
      return Keys.builder()
          .pem(
              pem ->
                  pem.key(Resource.create("the key", files.key().array()))
                      .certChain(Resource.create("the certificate", files.certificate().array())))
          .build();
    } catch (RuntimeException e) {
      throw new MalformedException(
          "expected PEM, the key in PKCS #8, found '%s'".formatted(e.getMessage()), e);
    }
  }

  private static boolean belong(PrivateKey key, X509Certificate own) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default ->
              throw new MalformedException(
                  "expected a key for RSA or EC, found one for " + key.getAlgorithm());
        };
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(SAMPLE);
      byte[] signed = signature.sign();
      signature.initVerify(own.getPublicKey());
      signature.update(SAMPLE);
      return signature.verify(signed);
    } catch (GeneralSecurityException _) {
      // A key of another algorithm than that of the certificate.
      return false;
    }
  }

  /// Checks the period of validity.
  ///
  /// @throws MalformedException if the certificate is not valid at that time
  ServerCertificate validAt(Instant now) {
    if (now.isBefore(begin()) || now.isAfter(end())) {
      throw new MalformedException(
          "expected a certificate that is valid now, found one from %s to %s"
              .formatted(begin(), end()));
    }
    return this;
  }

  SSLContext context() {
    return context;
  }

  /// Returns the digest of the files.
  String digest() {
    return digest;
  }

  private Instant begin() {
    return own.getNotBefore().toInstant();
  }

  /// Returns the end of the validity.
  Instant end() {
    return own.getNotAfter().toInstant();
  }

  /// Returns the serial number in hex, without other data of the certificate.
  String serial() {
    return own.getSerialNumber().toString(16);
  }
}
