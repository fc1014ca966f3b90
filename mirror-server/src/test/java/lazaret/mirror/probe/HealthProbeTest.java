package lazaret.mirror.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.tls.MadeCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program that asks a server whether it is ready.
class HealthProbeTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private boolean ready(String url) {
    return HealthProbe.ask(url, new PrintStream(out, true, StandardCharsets.UTF_8));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void asksTheServerOfTheVariables() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      String url = HealthProbe.url(Map.of("LAZARET_LISTEN", "0.0.0.0:" + server.port()));

      assertThat(ready(url)).isTrue();
      assertThat(said()).startsWith("200 {").contains("\"status\":\"ready\"");
    }
  }

  @Test
  void asksOverTlsWhateverTheNameInTheCertificateIs() throws Exception {
    MirrorConfig.Tls files =
        new MirrorConfig.Tls(folder.resolve("chain.pem"), folder.resolve("key.pem"));
    MadeCertificate.of(folder, "-keyalg EC -startdate -20y -validity 36500").writeTo(files);
    Map<String, String> variables =
        Map.of(
            "LAZARET_TLS_KEY",
            files.key().toString(),
            "LAZARET_TLS_CERTIFICATE",
            files.certificate().toString());
    try (TestServer server = new TestServer(folder.resolve("data"), variables)) {
      assertThat(ready("https://127.0.0.1:" + server.port() + "/health/ready")).isTrue();
    }
  }

  @Test
  void failsUnlessTheAnswerIsThatOfAReadyServer() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(ready("http://127.0.0.1:" + server.port() + "/health/none")).isFalse();
      assertThat(said()).startsWith("404 ");
    }
  }

  @Test
  void failsWhereNobodyListens() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    assertThat(ready("http://127.0.0.1:" + port + "/health/ready")).isFalse();
    assertThat(said())
        .startsWith("cannot ask http://127.0.0.1:" + port)
        .containsIgnoringCase("connection refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "127.0.0.1:7080", "file:///etc/passwd", "http://[", "ftp://127.0.0.1"})
  void refusesWhatIsNoAddress(String url) {
    assertThat(ready(url)).isFalse();
    assertThat(said()).startsWith("cannot ask ").hasLineCount(1);
  }

  @Test
  void usesHttpsIfTheServerHasACertificate() {
    assertThat(
            HealthProbe.url(
                Map.of("LAZARET_LISTEN", "[::]:7443", "LAZARET_TLS_CERTIFICATE", "/c.pem")))
        .isEqualTo("https://127.0.0.1:7443/health/ready");
    assertThat(HealthProbe.url(Map.of())).isEqualTo("http://127.0.0.1:7080/health/ready");
  }
}
