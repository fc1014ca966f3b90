package lazaret.sandbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A remote gate behind TLS with a certificate of a private authority. The relay uses TLS outside,
/// and the client in the sandbox does not see it.
class RelayTlsTest {
  private static final char[] PASSWORD = "public".toCharArray();
  private static final String ARTIFACT = "/dl/serde/1.0.9/" + "0123456789abcdef".repeat(4);

  @TempDir static Path folder;
  private static HttpsServer gate;
  private static final List<String> HEARD = new CopyOnWriteArrayList<>();
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  @BeforeAll
  static void open() throws Exception {
    keytool("-genkeypair -alias ca -keyalg EC -dname CN=authority -ext bc:c -keystore ca.p12");
    keytool("-genkeypair -alias gate -keyalg EC -dname CN=localhost -keystore gate.p12");
    keytool("-certreq -alias gate -keystore gate.p12 -file gate.csr");
    keytool(
        "-gencert -alias ca -keystore ca.p12 -infile gate.csr -outfile gate.pem"
            + " -ext san=dns:localhost");
    keytool("-exportcert -alias ca -keystore ca.p12 -file ca.pem");
    keytool("-importcert -noprompt -alias ca -keystore gate.p12 -file ca.pem");
    keytool("-importcert -noprompt -alias gate -keystore gate.p12 -file gate.pem");
    keytool("-importcert -noprompt -alias ca -keystore trust.p12 -file ca.pem");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("gate.p12"), PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    gate = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gate.setHttpsConfigurator(new HttpsConfigurator(context));
    gate.createContext(
        "/",
        exchange -> {
          try (exchange) {
            HEARD.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("body".getBytes(StandardCharsets.UTF_8));
          }
        });
    // Connections without a request occupy a thread too.
    gate.setExecutor(THREADS);
    gate.start();
  }

  @AfterAll
  static void close() {
    gate.stop(0);
    THREADS.close();
  }

  @Test
  void isAskedWhereTheAuthorityIsTrusted() throws Exception {
    HEARD.clear();

    assertThat(asked("localhost", Optional.of(trust())))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("body")
        .doesNotContain("s3cret");
    assertThat(HEARD).containsExactly("Bearer s3cret");
  }

  @Test
  void getsNoTokenWhereNobodyVouchesForIt() throws Exception {
    HEARD.clear();

    assertThat(asked("localhost", Optional.empty())).startsWith("HTTP/1.1 503 ");
    assertThat(HEARD).isEmpty();
  }

  @Test
  void getsNoTokenUnderAnotherName() throws Exception {
    HEARD.clear();

    assertThat(asked("127.0.0.1", Optional.of(trust()))).startsWith("HTTP/1.1 503 ");
    assertThat(HEARD).isEmpty();
  }

  private static String asked(String host, Optional<SSLSocketFactory> trust) throws IOException {
    String url = "https://%s:%d".formatted(host, gate.getAddress().getPort());
    GateEndpoint outside = new GateEndpoint(url, Optional.of("s3cret"), trust);
    var terms = new RelaySession.Terms(outside, new RelayScope.Resolution(), RelayLimits.DEFAULTS);
    try (RelaySession session = RelaySession.open(folder, terms);
        InsideClient client = InsideClient.connected(session)) {
      client.get(ARTIFACT);
      String answer = client.answer();
      assertThat(session.problem().isPresent()).isEqualTo(answer.startsWith("HTTP/1.1 503 "));
      return answer;
    }
  }

  private static SSLSocketFactory trust() throws GeneralSecurityException, IOException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store("trust.p12"));
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static KeyStore store(String file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void keytool(String words) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(words.split(" ", -1)));
    command.addAll(List.of("-storepass", "public"));
    Process keytool =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as("keytool %s: %s", words, said).isZero();
  }
}
