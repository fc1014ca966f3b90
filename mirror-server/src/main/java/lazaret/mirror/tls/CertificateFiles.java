package lazaret.mirror.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The contents of the PEM files of a certificate and its key, read at one moment. Its text does
/// not show them.
///
/// @param certificate the chain, the certificate of the server first
/// @param key the private key
record CertificateFiles(Bytes certificate, Bytes key) {
  /// The maximum size of one file in bytes.
  private static final int MAX_BYTES = 1 << 20;

  /// Reads both files.
  ///
  /// @throws IOException if one cannot be read or is larger than 1 MiB
  static CertificateFiles read(MirrorConfig.Tls files) throws IOException {
    return new CertificateFiles(content(files.certificate()), content(files.key()));
  }

  private static Bytes content(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("expected at most 1 MiB, found more: " + file);
      }
      return Bytes.of(bytes);
    }
  }

  /// Returns the SHA-256 of both contents in lower-case hex, by which a change is found.
  String digest() {
    return Sha256.of(certificate).hex() + Sha256.of(key).hex();
  }

  @Override
  public String toString() {
    return "CertificateFiles[" + Sha256.of(certificate) + "]";
  }
}
