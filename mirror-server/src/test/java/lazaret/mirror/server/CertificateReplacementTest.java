package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.tls.MadeCertificate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server whose certificate is replaced while clients are connected.
class CertificateReplacementTest {
  @TempDir static Path stores;

  private static MadeCertificate first;
  private static MadeCertificate second;

  @TempDir Path folder;
  private MirrorConfig.Tls files;

  @BeforeAll
  static void make() {
    // Valid at the time of the gate's clock and at that of the machine.
    first = MadeCertificate.of(stores, "-keyalg EC -startdate -20y -validity 36500");
    second = MadeCertificate.of(stores, "-keyalg EC -startdate -20y -validity 36600");
  }

  @BeforeEach
  void write() throws Exception {
    files = new MirrorConfig.Tls(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    first.writeTo(files);
  }

  private TestServer server(String proxies) {
    return new TestServer(
        folder.resolve("data"),
        Map.of(
            "LAZARET_TLS_KEY",
            files.key().toString(),
            "LAZARET_TLS_CERTIFICATE",
            files.certificate().toString(),
            "LAZARET_SERVER_TRUSTED_PROXIES",
            proxies));
  }

  private static SSLSocket connect(SSLContext client, TestServer server) throws IOException {
    SSLSocket socket =
        (SSLSocket) client.getSocketFactory().createSocket("localhost", server.port());
    socket.setSoTimeout(20_000);
    socket.startHandshake();
    return socket;
  }

  /// Sends a request and returns the body of the response. The client stores the tickets for its
  /// next handshake meanwhile.
  private static String get(SSLSocket socket, String path) throws IOException {
    socket
        .getOutputStream()
        .write(
            "GET %s HTTP/1.1\r\nHost: localhost:%d\r\n\r\n"
                .formatted(path, socket.getPort())
                .getBytes(StandardCharsets.ISO_8859_1));
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the connection ended after '" + head + "'");
      }
      head.append((char) c);
    }
    String length = head.toString().replaceAll("(?is).*content-length: ([0-9]+).*", "$1");
    return new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "127.0.0.5", "127.0.0.1"})
  void newConnectionsHaveTheNewCertificateAndOldOnesGoOn(String proxies) throws Exception {
    SSLContext client = MadeCertificate.trusting(first, second);
    try (TestServer server = server(proxies);
        SSLSocket before = connect(client, server)) {
      assertThat(get(before, "/health/live")).isEqualTo("{\"status\":\"up\"}");
      assertThat(shown(before)).isEqualTo(first.certificate());

      second.writeTo(files);
      server.lookAtCertificate();

      // The client has a ticket of the first connection, with the first certificate.
      for (int i = 0; i < 2; i++) {
        try (SSLSocket after = connect(client, server)) {
          assertThat(shown(after)).isEqualTo(second.certificate());
          assertThat(get(after, "/health/live")).isEqualTo("{\"status\":\"up\"}");
        }
      }
      assertThat(get(before, "/health/live")).isEqualTo("{\"status\":\"up\"}");
    }
  }

  @Test
  void refusedPairLeavesTheOldOneInUseAndIsShown() throws Exception {
    SSLContext client = MadeCertificate.trusting(first, second);
    try (TestServer server = server("")) {
      Files.writeString(files.certificate(), second.certificatePem());
      server.lookAtCertificate();
      server.lookAtCertificate();

      try (SSLSocket socket = connect(client, server)) {
        assertThat(shown(socket)).isEqualTo(first.certificate());
        assertThat(get(socket, "/health/ready"))
            .containsPattern("\"certificate_days\":\\d{5},")
            .contains("the files of the certificate cannot be used (expected the key of the first")
            .doesNotContain(folder.toString());
        assertThat(get(socket, "/health"))
            .contains("{\"name\":\"certificate\",\"state\":\"warning\"}");
        assertThat(get(socket, "/metrics"))
            .contains("lazaret_tls_certificate_replacement_failed 1.0\n")
            .contains(
                "lazaret_tls_certificate_expiry_timestamp_seconds %s\n"
                    .formatted(
                        (double) first.certificate().getNotAfter().toInstant().getEpochSecond()));
      }
    }
  }

  @Test
  void serverWithoutTlsShowsNoCertificate() throws Exception {
    try (TestServer server = new TestServer(folder.resolve("data"), Map.of())) {
      assertThat(server.get("/health/ready").body()).doesNotContain("certificate");
      assertThat(server.get("/metrics").body())
          .contains("lazaret_tls_certificate_replacement_failed 0.0\n")
          .contains("lazaret_tls_certificate_expiry_timestamp_seconds 0.0\n");
    }
  }
}
