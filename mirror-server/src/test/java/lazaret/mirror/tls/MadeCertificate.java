package lazaret.mirror.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.Bytes;

/// A self-signed certificate for `localhost` with its key, made by keytool.
///
/// @param certificate the certificate
/// @param key the key in PKCS #8
public record MadeCertificate(X509Certificate certificate, Bytes key) {
  private static final String PASSWORD = "public";

  /// Makes a certificate.
  ///
  /// @param folder gets a key store
  /// @param options options of keytool, such as `-keyalg EC -startdate -10d -validity 5`
  public static MadeCertificate of(Path folder, String options) {
    Path store = folder.resolve(Integer.toHexString(options.hashCode()) + System.nanoTime());
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "made",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString()));
    command.addAll(List.of(options.split(" ", -1)));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(keytool.waitFor()).as("keytool %s: %s", options, said).isZero();
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      return new MadeCertificate(
          (X509Certificate) keys.getCertificate("made"),
          Bytes.of(keys.getKey("made", PASSWORD.toCharArray()).getEncoded()));
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// Returns the certificate as PEM.
  public String certificatePem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded());
  }

  /// Returns the key as PEM.
  public String keyPem() {
    return pem("PRIVATE KEY", key.array());
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  /// Writes both files.
  public void writeTo(MirrorConfig.Tls files) throws IOException, GeneralSecurityException {
    Files.writeString(files.key(), keyPem());
    Files.writeString(files.certificate(), certificatePem());
  }

  /// Returns a context of a client that trusts some certificates.
  public static SSLContext trusting(MadeCertificate... made)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (int i = 0; i < made.length; i++) {
      trusted.setCertificateEntry("ca" + i, made[i].certificate());
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
