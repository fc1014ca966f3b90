package lazaret.cli.desk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// The certificate authorities that are accepted for a gate. They are those of the JDK and those of
/// the PEM file in `SSL_CERT_FILE`, a variable that cargo, curl and OpenSSL use, too.
public final class TlsTrust {
  /// The environment variable with the path of the PEM file.
  public static final String VARIABLE = "SSL_CERT_FILE";

  private TlsTrust() {}

  /// Returns a TLS context, or empty if the JDK's own authorities suffice.
  ///
  /// @throws CliException if the file cannot be read or contains no certificate
  public static Optional<SSLContext> of(Map<String, String> environment) {
    String file = environment.get(VARIABLE);
    return file == null || file.isBlank() ? Optional.empty() : Optional.of(context(Path.of(file)));
  }

  private static SSLContext context(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<Certificate> trusted =
          new ArrayList<>(CertificateFactory.getInstance("X.509").generateCertificates(in));
      if (trusted.isEmpty()) {
        throw new CertificateException("no certificate in " + pem);
      }
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager jdk) {
          trusted.addAll(List.<X509Certificate>of(jdk.getAcceptedIssuers()));
        }
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < trusted.size(); i++) {
        store.setCertificateEntry("authority-" + i, trusted.get(i));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(store), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CliException(
          ErrorCode.CONFIG_INVALID,
          "cannot read the certificates of %s, '%s': expected a PEM file".formatted(VARIABLE, pem),
          e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }
}
