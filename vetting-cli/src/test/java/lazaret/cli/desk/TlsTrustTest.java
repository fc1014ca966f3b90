package lazaret.cli.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.deskapi.EmptyRequest;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.TokenOperations;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.tokens.TokensReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTrustTest {
  private static final String PASSWORD = "public";

  @TempDir Path folder;

  private HttpsServer server = create();

  private static HttpsServer create() {
    try {
      return HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void start() throws Exception {
    keytool("-genkeypair -alias t -keyalg EC -dname CN=localhost -ext san=dns:localhost");
    keytool("-exportcert -alias t -rfc -file " + folder.resolve("ca.pem"));
    server.setHttpsConfigurator(new HttpsConfigurator(context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write(new byte[] {'{', '}'});
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void keytool(String words) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String common =
        " -storetype PKCS12 -storepass " + PASSWORD + " -keystore " + folder.resolve("k.p12");
    Process process =
        new ProcessBuilder(
                Stream.concat(Stream.of(tool), Arrays.stream((words + common).split(" ", -1)))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("keytool.log"))).isZero();
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("k.p12"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private Reply<TokensReply> ask(Map<String, String> environment) {
    ServerAddress gateway =
        new ServerAddress(
            new GateAddress.Web("https://localhost:" + server.getAddress().getPort()),
            null,
            "look again");
    try (HttpTransport transport =
        new HttpTransport(gateway, TlsTrust.of(environment).orElse(null))) {
      return transport.call(TokenOperations.TOKENS, new EmptyRequest(), Operation.DEFAULT_TIMEOUT);
    }
  }

  @Test
  void aGateOfAnAuthorityThatIsNamedIsTrusted() {
    assertThat(ask(Map.of("SSL_CERT_FILE", folder.resolve("ca.pem").toString())))
        .isInstanceOf(Reply.Done.class);
  }

  @Test
  void aGateOfAnotherAuthorityIsNot() {
    assertThatThrownBy(() -> ask(Map.of()))
        .isInstanceOfSatisfying(
            DeskException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_UNAVAILABLE))
        .hasMessageContaining("SSL_CERT_FILE=FILE");
  }
}
