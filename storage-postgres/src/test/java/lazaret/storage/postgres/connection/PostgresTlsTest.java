package lazaret.storage.postgres.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lazaret.storage.postgres.fixture.PostgresServer;
import lazaret.vetting.gate.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections with TLS: the certificate must be of the authority, and name the host.
class PostgresTlsTest {
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  @TempDir Path folder;

  /// Makes a certificate that signs itself.
  private Path certificate(String name, String host) throws Exception {
    assumeTrue(Files.isExecutable(OPENSSL), "the program openssl is not installed");
    Path file = folder.resolve(name + ".crt");
    Process process =
        new ProcessBuilder(
                OPENSSL.toString(),
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + host,
                "-addext",
                "subjectAltName=DNS:" + host,
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    return file;
  }

  private static PostgresSettings settings(PostgresServer server, Path caFile) {
    return new PostgresSettings(
        List.of(new PostgresAddress("localhost", server.address().port())),
        "postgres",
        PostgresServer.USER,
        null,
        PostgresSettings.Tls.VERIFIED,
        caFile,
        2,
        false);
  }

  private PostgresServer start(String name) throws IOException {
    PostgresServer server = PostgresServer.start();
    server.stop();
    server.configure("ssl = on", "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'");
    server.addPrivate("server.crt", Files.readAllBytes(folder.resolve(name + ".crt")));
    server.addPrivate("server.key", Files.readAllBytes(folder.resolve(name + ".key")));
    server.begin();
    return server;
  }

  @Test
  void connectsToTheHostThatTheCertificateNames() throws Exception {
    Path right = certificate("right", "localhost");
    Path wrong = certificate("wrong", "localhost");
    try (PostgresServer server = start("right")) {
      try (PostgresConnections connections = PostgresConnections.open(settings(server, right))) {
        boolean encrypted =
            connections.read(
                connection ->
                    connection
                        .find(
                            "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                            row -> row.getBoolean(1))
                        .orElseThrow());
        assertThat(encrypted).isTrue();
      }
      refused(settings(server, wrong));
    }
  }

  @Test
  void refusesAnotherHostAndAServerWithoutTls() throws Exception {
    Path other = certificate("other", "db.example");
    try (PostgresServer server = start("other")) {
      refused(settings(server, other));
    }
    refused(settings(PostgresServer.shared(), other));
  }

  private static void refused(PostgresSettings settings) {
    assertThatThrownBy(() -> PostgresConnections.open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected a primary, found 'localhost:");
  }
}
