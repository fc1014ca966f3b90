package lazaret.mirror.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import lazaret.mirror.TestServer;
import lazaret.mirror.outbound.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// TLS from PEM files, with HTTP/2 by ALPN.
class TlsTest {
  private static final char[] PASSWORD = "public".toCharArray();

  @TempDir Path folder;

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  private TestServer server() throws Exception {
    String alias = TestCertificates.keys().aliases().nextElement();
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            pem("PRIVATE KEY", TestCertificates.keys().getKey(alias, PASSWORD).getEncoded()));
    Path certificate =
        Files.writeString(
            folder.resolve("cert.pem"),
            pem("CERTIFICATE", TestCertificates.keys().getCertificate(alias).getEncoded()));
    return new TestServer(
        folder.resolve("data"),
        Map.of(
            "LAZARET_TLS_KEY", key.toString(), "LAZARET_TLS_CERTIFICATE", certificate.toString()));
  }

  private static SSLContext trusting() throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        TestCertificates.keys().getCertificate(TestCertificates.keys().aliases().nextElement()));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void speaksBothProtocols(HttpClient.Version version) throws Exception {
    try (TestServer server = server();
        HttpClient client =
            HttpClient.newBuilder().sslContext(trusting()).version(version).build()) {
      server.gate.publish("alpha", "1.0.0", 100);
      URI uri = URI.create("https://localhost:" + server.port() + "/index/al/ph/alpha");

      HttpResponse<String> answer =
          client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(server.url()).startsWith("https://");
    }
  }

  @Test
  void speaksNoOldProtocol() throws Exception {
    try (TestServer server = server();
        SSLSocket socket =
            (SSLSocket) trusting().getSocketFactory().createSocket("localhost", server.port())) {
      socket.startHandshake();

      assertThat(socket.getSession().getProtocol()).isIn("TLSv1.3", "TLSv1.2");
    }
  }

  @Test
  void answersNothingToPlainHttp() throws Exception {
    try (TestServer server = server()) {
      assertThat(RawClient.get(server.port(), "/index/config.json")).doesNotContain("dl");
    }
  }
}
