package lazaret.mirror.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A key for `localhost` and its self-signed certificate, valid until 2126. They were made with:
///
/// ```
/// keytool -genkeypair -alias test -keyalg EC -groupname secp256r1 -dname CN=localhost \
///   -ext san=dns:localhost -validity 36500 -storetype PKCS12 -storepass public \
///   -keystore localhost.p12
/// keytool -exportcert -alias test -rfc -keystore localhost.p12 -storepass public \
///   -file localhost.pem
/// ```
public final class TestCertificates {
  private static final char[] PASSWORD = "public".toCharArray();

  private TestCertificates() {}

  /// Returns the key with its certificate, under the alias `test` and the password `public`.
  public static KeyStore keys() throws IOException, GeneralSecurityException {
    try (InputStream in = resource("localhost.p12")) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD);
      return keys;
    }
  }

  /// Returns the TLS context of a server named `localhost`.
  public static SSLContext server() {
    try {
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys(), PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// Writes the certificate as PEM and returns the file.
  public static Path pem(Path folder) throws IOException {
    Path file = folder.resolve("localhost.pem");
    try (InputStream in = resource("localhost.pem")) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(TestCertificates.class.getResourceAsStream(name), name);
  }
}
