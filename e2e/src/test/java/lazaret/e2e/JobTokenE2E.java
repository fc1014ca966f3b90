package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.FormClient;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.ClaimsBuilder;
import lazaret.testkit.JsonObject;
import lazaret.testkit.JwtSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The exchange of tokens of CI jobs at a gate with a store on disk, whose issuer has its keys in a
/// file.
class JobTokenE2E {
  private static final String AUDIENCE = "https://crates.example.org";
  private static final String ISSUER = "https://ci.example.org";

  private final JwtSigner signer = new JwtSigner("one");
  private final Path keys = WorkFolder.folder("keys").resolve("keys.json");
  private GateScene scene;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(keys, signer.keySet());
    Path config = keys.resolveSibling("lazaret.toml");
    Files.writeString(
        config,
        """
        [[ci.issuer]]
        name = "forge"
        kind = "github"
        url = "%s"
        audience = "%s"
        keys-file = "%s"

        [[ci.issuer.binding]]
        name = "release"
        repository-id = 65
        repository-owner-id = 42
        roles = ["reader"]
        """
            .formatted(ISSUER, AUDIENCE, keys));
    scene =
        GateScene.of(
            Crates.alphaAndBeta(),
            s -> s.argument("--config", config.toString()).set("auth-required", "true"));
  }

  @AfterEach
  void close() {
    if (scene != null) {
      scene.close();
    }
  }

  private static Map<String, Object> claims(String id) {
    return ClaimsBuilder.github(ISSUER, AUDIENCE, Instant.now()).with("jti", id).claims();
  }

  private FormClient.Page exchange(String token) {
    return new FormClient()
        .post(
            scene.gate().url() + "/oauth/token",
            Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", token,
                "subject_token_type", "urn:ietf:params:oauth:token-type:jwt"));
  }

  private void refuses(String token, String reason) {
    FormClient.Page refused = exchange(token);
    assertThat(refused.status()).as(refused.text()).isEqualTo(400);
    assertThat(JsonObject.parse(refused.text()).words("error_description")).contains(reason);
  }

  @Test
  void cargoBuildsWithTheTokenOfAJob() {
    FormClient.Page issued = exchange(signer.sign(claims("a")));

    assertThat(issued.status()).as(issued.text()).isEqualTo(200);
    String token = JsonObject.parse(issued.text()).words("access_token");
    Cargo.fresh(Cargo.config(scene.gate().url()) + "credential-provider = \"cargo:token\"\n")
        .env("CARGO_REGISTRIES_LAZARET_TOKEN", token)
        .run(CargoProjectFolder.with("beta = \"1\"").folder(), "build")
        .ok();
  }

  /// The address and the bodies are those that programs for crates.io use.
  @Test
  void requestOfTrustedPublishingGetsATokenAndRevokesIt() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create(scene.gate().url() + "/api/v1/trusted_publishing/tokens"));
    String body = "{\"jwt\":\"%s\"}".formatted(signer.sign(claims("a")));

    HttpResponse<String> issued =
        send(
            request
                .copy()
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

    assertThat(issued.statusCode()).as(issued.body()).isEqualTo(200);
    String bearer = "Bearer " + JsonObject.parse(issued.body()).words("token");
    assertThat(index(bearer)).isEqualTo(200);
    assertThat(send(request.copy().header("Authorization", bearer).DELETE()).statusCode())
        .isEqualTo(204);
    assertThat(index(bearer)).isEqualTo(401);
  }

  private int index(String authorization) {
    return scene.http().get("/index/config.json", "Authorization", authorization).status();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  /// The gate is killed like by a power failure, so that the id must be on disk before the reply.
  @Test
  void usedTokenIsRefusedAfterAKill() {
    String token = signer.sign(claims("a"));
    assertThat(exchange(token).status()).isEqualTo(200);
    scene.gate().kill();

    scene = scene.restarted();

    refuses(token, "token-used: ");
    assertThat(exchange(signer.sign(claims("b"))).status()).isEqualTo(200);
  }

  @Test
  void rotatedKeyIsReadFromTheFileAndTheFormerOneRefused() throws IOException {
    JwtSigner next = new JwtSigner("two");
    String former = signer.sign(claims("former"));
    assertThat(exchange(signer.sign(claims("a"))).status()).isEqualTo(200);
    Files.writeString(keys, next.keySet());

    scene = scene.restarted();

    assertThat(exchange(next.sign(claims("b"))).status()).isEqualTo(200);
    refuses(former, "expected a signature by a key of the issuer");
  }

  @Test
  void forgedTokensAreRefused() {
    String good = signer.sign(claims("a"));
    String body = good.substring(good.indexOf('.'), good.lastIndexOf('.'));
    for (String header :
        List.of(
            "{\"alg\":\"none\"}",
            "{\"alg\":\"HS256\",\"kid\":\"one\"}",
            "{\"alg\":\"ES256\",\"kid\":\"../keys.json\"}",
            "{\"alg\":\"ES256\",\"kid\":\"one\",\"jku\":\"https://evil.example/keys\"}")) {
      String signature = header.contains("none") ? "" : good.substring(good.lastIndexOf('.') + 1);

      refuses(base64(header) + body + "." + signature, "cannot accept the token of the CI job");
    }
    refuses(new JwtSigner("one").sign(claims("a")), "expected a signature by a key of the issuer");
    assertThat(exchange(good).status()).as("a refusal uses no id").isEqualTo(200);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
