package lazaret.mirror.http2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import lazaret.mirror.TestServer;
import lazaret.mirror.outbound.TestCertificates;
import lazaret.testkit.http2.Http2Target;
import lazaret.vetting.roles.DeskRole;

/// Four servers: clear text and TLS, with and without `auth-required`.
final class Http2Servers implements AutoCloseable {
  /// The path that honest clients request.
  static final String PATH = "/index/config.json";

  private static final char[] PASSWORD = "public".toCharArray();

  /// The ways in which a server is reached.
  enum Kind {
    CLEAR_TEXT(false, false),
    CLEAR_TEXT_WITH_TOKENS(false, true),
    TLS(true, false),
    TLS_WITH_TOKENS(true, true);

    private final boolean tls;
    private final boolean tokens;

    Kind(boolean tls, boolean tokens) {
      this.tls = tls;
      this.tokens = tokens;
    }

    /// Returns whether requests without a token are refused.
    boolean tokens() {
      return tokens;
    }
  }

  private record Running(TestServer server, String secret) {}

  private final Map<Kind, Running> running = new EnumMap<>(Kind.class);
  private final SSLContext trusting;

  Http2Servers(Path folder) throws IOException, GeneralSecurityException {
    KeyStore keys = TestCertificates.keys();
    String alias = keys.aliases().nextElement();
    trusting = trusting(keys, alias);
    Path key =
        Files.writeString(
            folder.resolve("key.pem"),
            pem("PRIVATE KEY", keys.getKey(alias, PASSWORD).getEncoded()));
    Path certificate =
        Files.writeString(
            folder.resolve("cert.pem"),
            pem("CERTIFICATE", keys.getCertificate(alias).getEncoded()));
    for (Kind kind : Kind.values()) {
      Map<String, String> variables = new HashMap<>();
      variables.put("LAZARET_AUTH_REQUIRED", Boolean.toString(kind.tokens));
      if (kind.tls) {
        variables.put("LAZARET_TLS_KEY", key.toString());
        variables.put("LAZARET_TLS_CERTIFICATE", certificate.toString());
      }
      TestServer server = new TestServer(folder.resolve(kind.name()), variables);
      running.put(kind, new Running(server, server.token("ci", DeskRole.REQUESTER)));
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der));
  }

  private static SSLContext trusting(KeyStore keys, String alias)
      throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", keys.getCertificate(alias));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private Running running(Kind kind) {
    return Objects.requireNonNull(running.get(kind));
  }

  /// Returns the trust of clients.
  SSLContext trust() {
    return trusting;
  }

  /// Returns a server.
  TestServer server(Kind kind) {
    return running(kind).server;
  }

  /// Returns a target for hostile and honest clients.
  Http2Target target(Kind kind) {
    int port = running(kind).server.port();
    return kind.tls
        ? new Http2Target("localhost", port, trusting, PATH)
        : new Http2Target("127.0.0.1", port, null, PATH);
  }

  /// Returns a token with the scope `read`.
  String secret(Kind kind) {
    return running(kind).secret;
  }

  @Override
  public void close() {
    running.values().forEach(each -> each.server.close());
  }
}
