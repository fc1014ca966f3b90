package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import lazaret.vetting.desk.access.TokenService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The token of the server at a gate whose identity provider does not answer.
class AdminTokenFileTest {
  @TempDir Path folder;
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    String listen = "127.0.0.1:" + freePort();
    server =
        new TestServer(
            folder,
            Map.of(
                "LAZARET_LISTEN",
                listen,
                "LAZARET_PUBLIC_URL",
                "http://" + listen,
                "LAZARET_SIGN_IN_ISSUER",
                "http://127.0.0.1:1",
                "LAZARET_LIMITS_ADDRESS_RATE",
                "1",
                "LAZARET_LIMITS_ADDRESS_BURST",
                "100",
                "LAZARET_SIGN_IN_CLIENT_ID",
                "desk",
                "LAZARET_SIGN_IN_ROLE",
                "{\"role\":[{\"group\":\"admins\",\"role\":\"admin\"}]}"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private TokenService tokens() {
    return server.gate.wiring.desk().tokens();
  }

  private String secret() throws IOException {
    AdminTokenFile file = AdminTokenFile.ensure(folder, tokens(), true);
    assertThat(Files.getPosixFilePermissions(file.file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    return Files.readString(file.file()).strip();
  }

  private HttpResponse<String> form(String path, String body, String... headers) {
    String[] all = new String[headers.length + 4];
    System.arraycopy(headers, 0, all, 4, headers.length);
    all[0] = "Content-Type";
    all[1] = "application/x-www-form-urlencoded";
    all[2] = "Sec-Fetch-Site";
    all[3] = "same-origin";
    return server.send("POST", path, body, all);
  }

  private int status(String secret) {
    return server.get("/desk/v1/tokens", "Authorization", "Bearer " + secret).statusCode();
  }

  @Test
  void worksWhileTheIdentityProviderIsDown() throws IOException {
    String secret = secret();
    HttpResponse<String> begun = server.get("/desk/sign-in/start");
    assertThat(begun.statusCode()).isEqualTo(503);
    assertThat(begun.body()).contains("the identity provider does not answer");

    assertThat(status(secret)).isEqualTo(200);
    HttpResponse<String> signedIn = form("/desk/sign-in", "token=" + secret);
    assertThat(signedIn.statusCode()).isEqualTo(303);
    String cookie = signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    HttpResponse<String> me = server.get("/desk/people/me", "Cookie", cookie);
    assertThat(me.statusCode()).isEqualTo(200);
    assertThat(me.body()).contains("admin");
    HttpResponse<String> out = form("/desk/sign-out", "", "Cookie", cookie);
    assertThat(out.headers().firstValue("location")).contains("/desk/sign-in");
    assertThat(server.get("/desk/people/me", "Cookie", cookie).statusCode()).isNotEqualTo(200);
  }

  @Test
  void worksForTheAddressOfAClientThatTriesTokens() throws IOException {
    String secret = secret();
    int last = 0;
    for (int i = 0; i < 20; i++) {
      last = status("lzr_" + "0".repeat(64));
    }
    assertThat(last).isEqualTo(429);

    assertThat(status(secret)).isEqualTo(200);
  }

  /// The data folder of one of several servers does not name their store.
  @Test
  void theAdviceAfterALossNamesTheStore() {
    Path data = Path.of("/srv/a");

    assertThat(new AdminTokenFile.Place(data, "admin", false).acceptance())
        .isEqualTo("'vetting-cli --data-dir /srv/a fsck --accept-loss'");
    assertThat(new AdminTokenFile.Place(data, "admin-a", true).acceptance())
        .isEqualTo(
            "'LAZARET_CONFIG=FILE vetting-cli --data-dir /srv/a fsck --accept-loss' with its"
                + " configuration file");
  }

  @Test
  void revokedOrLostTokenIsReplacedAtTheNextStart() throws IOException {
    String first = secret();
    assertThat(secret()).isEqualTo(first);
    tokens().revoke(AdminTokenFile.NAME, "ann");
    assertThat(status(first)).isEqualTo(401);

    String second = secret();
    assertThat(status(second)).isEqualTo(200);
    Files.delete(folder.resolve("admin-token"));
    String third = secret();

    assertThat(status(third)).isEqualTo(200);
    assertThat(status(second)).isEqualTo(401);
  }
}
