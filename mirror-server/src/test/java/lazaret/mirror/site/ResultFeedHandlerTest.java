package lazaret.mirror.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import lazaret.bundle.keys.KeyFile;
import lazaret.mirror.TestServer;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFeedHandlerTest {
  private static final String PASSPHRASE = "a passphrase for tests";

  @TempDir Path folder;

  @Test
  void isAbsentWithoutAKey() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(server.get(path(0)).statusCode()).isEqualTo(404);
      assertThat(server.get("/site/other").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void answersTheLinesAfterANumber() throws IOException {
    try (TestServer server = signing()) {
      String token = server.token("reader", DeskRole.READER);

      HttpResponse<String> empty = server.get(path(0), "authorization", token);
      assertThat(empty.statusCode()).as(empty.body()).isEqualTo(200);
      assertThat(empty.body()).isEmpty();
      // The form in which another gate sends it.
      assertThat(status(server, "Bearer " + token, path(0))).isEqualTo(200);
      assertThat(status(server, token, "/site/results")).isEqualTo(400);
      assertThat(status(server, token, path(0) + "&x=1")).isEqualTo(400);
      assertThat(status(server, token, path(1))).isEqualTo(409);
      assertThat(server.get(path(0)).statusCode()).isEqualTo(401);
      assertThat(server.send("POST", path(0), "", "authorization", token).statusCode())
          .isEqualTo(405);
    }
  }

  private static int status(TestServer server, String token, String path) {
    return server.get(path, "authorization", token).statusCode();
  }

  private static String path(int since) {
    return "/site/results?since=" + since;
  }

  private TestServer signing() throws IOException {
    Path keys = Files.createDirectory(folder.resolve("keys"));
    KeyFile.create(KeyFile.DECISIONS, PASSPHRASE.toCharArray(), new SecureRandom()).write(keys);
    Path passphrase = Files.writeString(folder.resolve("passphrase"), PASSPHRASE);
    return new TestServer(
        folder.resolve("data"),
        Map.of(
            "LAZARET_AUTH_REQUIRED",
            "true",
            "LAZARET_RESULTS_SIGN_KEY",
            keys.resolve(KeyFile.DECISIONS + KeyFile.SUFFIX).toString(),
            "LAZARET_RESULTS_PASSPHRASE_FILE",
            passphrase.toString()));
  }
}
