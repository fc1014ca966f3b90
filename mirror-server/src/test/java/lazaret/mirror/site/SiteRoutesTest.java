package lazaret.mirror.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import lazaret.mirror.TestServer;
import lazaret.vetting.roles.DeskRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteRoutesTest {
  @TempDir Path folder;

  @Test
  void publicServerHasNothingOfASite() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(server.get("/private/index/config.json").statusCode()).isEqualTo(404);
      assertThat(server.get("/private/index/config.json").body())
          .contains("this server has no private registry");
      assertThat(server.get("/toolchains/dist/channel-rust-stable.toml").statusCode())
          .isEqualTo(404);
      assertThat(server.get("/site/git/sources").statusCode()).isEqualTo(404);
      assertThat(server.get("/documentation/serde/1.0.0/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void toolchainsAndDocumentationAreOnlyRead() {
    try (TestServer server = new TestServer(folder, Map.of())) {
      assertThat(server.send("PUT", "/toolchains/dist/x", "x").statusCode()).isEqualTo(405);
      assertThat(server.send("POST", "/documentation/x", "x").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void filesNeedTheTokenOfAReader() {
    try (TestServer server = new TestServer(folder, Map.of("LAZARET_AUTH_REQUIRED", "true"))) {
      HttpResponse<String> without = server.get("/site/git/sources");
      String token = server.token("ci", DeskRole.READER);

      assertThat(without.statusCode()).isEqualTo(401);
      assertThat(server.get("/site/git/sources", "authorization", token).statusCode())
          .isEqualTo(404);
    }
  }
}
