package lazaret.mirror.outbound;

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
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate authorities that are trusted for upstream.
public final class TrustedAuthorities {
  private static final int MAX_PEM_BYTES = 16 << 20;

  private TrustedAuthorities() {}

  /// Returns a TLS context with the configured authorities, or null if the JDK's own are used.
  ///
  /// @throws UpstreamException if a file cannot be read or contains no certificate
  static @Nullable public SSLContext context(UpstreamOptions.Network network) {
    Path bundle = network.caBundle();
    if (bundle == null && network.extraCertificates().isEmpty()) {
      return null;
    }
    try {
      List<Certificate> trusted = new ArrayList<>();
      trusted.addAll(bundle == null ? authoritiesOfTheJdk() : read(bundle));
      for (Path file : network.extraCertificates()) {
        trusted.addAll(read(file));
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(storeOf(trusted)), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new UpstreamException("cannot set up TLS towards upstream: " + e.getMessage(), e);
    }
  }

  private static Collection<? extends Certificate> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (Files.size(file) > MAX_PEM_BYTES) {
        throw new UpstreamException(
            "cannot read certificates from "
                + file
                + ": it is longer than "
                + MAX_PEM_BYTES
                + " bytes");
      }
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new UpstreamException(
            "cannot read certificates from " + file + ": it holds none; expected PEM");
      }
      return found;
    } catch (CertificateException | IOException e) {
      throw new UpstreamException(
          "cannot read certificates from " + file + ": expected a readable PEM file", e);
    }
  }

  private static List<X509Certificate> authoritiesOfTheJdk() throws GeneralSecurityException {
    List<X509Certificate> found = new ArrayList<>();
    for (TrustManager manager : trustManagers(null)) {
      if (manager instanceof X509TrustManager x509) {
        found.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return found;
  }

  private static TrustManager[] trustManagers(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore storeOf(List<Certificate> trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < trusted.size(); i++) {
      store.setCertificateEntry("authority-" + i, trusted.get(i));
    }
    return store;
  }
}
