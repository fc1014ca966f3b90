package lazaret.mirror.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import lazaret.mirror.TestServer;
import lazaret.mirror.outbound.TestCertificates;
import lazaret.testkit.attack.ConnectionAttack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Connections before, during and after a TLS handshake.
class TlsConnectionsTest {
  private static final String PROXY = "127.0.0.5";
  private static final String STRANGER = "127.0.0.6";

  @TempDir Path folder;
  private SSLContext trusting;
  private KeyStore keys;

  @BeforeEach
  void load() throws Exception {
    keys = TestCertificates.keys();
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate("test"));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, managers.getTrustManagers(), null);
  }

  private Path pem(String what, byte[] der) throws Exception {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(what.replace(' ', '-')),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(what, body));
  }

  private TestServer server() throws Exception {
    Path key = pem("PRIVATE KEY", keys.getKey("test", "public".toCharArray()).getEncoded());
    Path certificate = pem("CERTIFICATE", keys.getCertificate("test").getEncoded());
    return new TestServer(
        folder.resolve("data"),
        Map.of(
            "LAZARET_TLS_KEY",
            key.toString(),
            "LAZARET_TLS_CERTIFICATE",
            certificate.toString(),
            "LAZARET_SERVER_MAX_CONNECTIONS",
            "80",
            "LAZARET_SERVER_HEAD_TIMEOUT",
            "2s",
            "LAZARET_SERVER_TRUSTED_PROXIES",
            PROXY));
  }

  /// Sends a request over TLS.
  ///
  /// @param before sent in clear text before the handshake
  private String get(TestServer server, String from, byte[] before) throws Exception {
    try (Socket plain = new Socket()) {
      plain.bind(HonestClient.at(from, 0));
      plain.connect(HonestClient.at("127.0.0.1", server.port()), 5_000);
      plain.setSoTimeout(20_000);
      plain.getOutputStream().write(before);
      try (Socket tls =
          trusting.getSocketFactory().createSocket(plain, "localhost", server.port(), true)) {
        tls.getOutputStream()
            .write(
                "GET /health/live HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n"
                    .formatted(server.port())
                    .getBytes(StandardCharsets.ISO_8859_1));
        byte[] answer = tls.getInputStream().readNBytes(12);
        return new String(answer, StandardCharsets.ISO_8859_1);
      }
    }
  }

  private String logged(TestServer server) throws Exception {
    server.stop();
    String log = Files.readString(folder.resolve("data/access.log"));
    return log.lines()
        .map(line -> line.replaceAll(".*\"address\":\"([^\"]*)\".*", "$1"))
        .reduce((_, last) -> last)
        .orElse("nothing");
  }

  /// A TLS client that sends nothing, or half of a handshake.
  @Tag("ci")
  @ParameterizedTest
  @EnumSource(names = {"SILENT", "HALF_TLS", "HALF_OPEN", "HALF_PROXY"})
  void handshakesThatDoNotComeShutNobodyOut(ConnectionAttack attack) throws Exception {
    try (TestServer server = server()) {
      InetSocketAddress target = HonestClient.at("127.0.0.1", server.port());
      List<Socket> held = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        held.add(attack.open(target, PROXY));
        held.add(attack.open(target, STRANGER));
      }

      assertThat(get(server, "127.0.0.2", new byte[0])).isEqualTo("HTTP/1.1 200");
      assertThat(attack.drip(target, STRANGER, 100, 20)).isBetween(0L, 15_000L);
      assertThat(attack.drip(target, PROXY, 100, 20)).isBetween(0L, 15_000L);
      for (Socket socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void trustedProxyNamesItsClientBeforeTheHandshake() throws Exception {
    try (TestServer server = server()) {
      byte[] header = ProxyProtocolTest.header(0x21, 0x21, "2001:db8::7", new byte[0]);

      assertThat(get(server, PROXY, header)).isEqualTo("HTTP/1.1 200");
      assertThat(logged(server)).isEqualTo("2001:db8:0:0:0:0:0:7");
    }
  }

  @Test
  void trustedProxyMayLeaveTheHeaderOut() throws Exception {
    try (TestServer server = server()) {
      assertThat(get(server, PROXY, new byte[0])).isEqualTo("HTTP/1.1 200");
      assertThat(logged(server)).isEqualTo(PROXY);
    }
  }

  @Test
  void headerOfAStrangerEndsTheConnection() throws Exception {
    try (TestServer server = server()) {
      byte[] header = ProxyProtocolTest.header(0x21, 0x11, "203.0.113.7", new byte[0]);

      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() -> get(server, STRANGER, header)))
          .isInstanceOf(java.io.IOException.class);
      assertThat(get(server, STRANGER, new byte[0])).isEqualTo("HTTP/1.1 200");
      assertThat(logged(server)).isEqualTo(STRANGER);
    }
  }
}
