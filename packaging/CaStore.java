import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/// Writes a store of CA certificates for a Java runtime from a folder of PEM files: `CaStore.java
/// FOLDER FILE`. The store has no password, and its bytes depend on the certificates only. The name
/// of each is its SHA-256: the names of the files differ in case and are not ASCII.
final class CaStore {
  private CaStore() {}

  public static void main(String[] arguments) throws IOException, GeneralSecurityException {
    System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
    System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    CertificateFactory certificates = CertificateFactory.getInstance("X.509");
    for (Path file : files(Path.of(arguments[0]))) {
      try (InputStream in = Files.newInputStream(file)) {
        Certificate certificate = certificates.generateCertificate(in);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        store.setCertificateEntry(HexFormat.of().formatHex(sha256), certificate);
      }
    }
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
      store.store(out, new char[0]);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
