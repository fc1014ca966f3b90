package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import org.junit.jupiter.api.Test;

/// A gate that requires tokens: check 6 of docs/registry-protocol.md.
class CargoAuthE2E {
  private static final Pattern SECRET = Pattern.compile("\"secret\":\"([^\"]+)\"");

  private static GateScene closedGate() {
    return GateScene.of(Crates.alphaAndBeta(), s -> s.set("auth-required", "true"));
  }

  private static Cargo cargo(GateScene scene, String token) {
    return Cargo.fresh(Cargo.config(scene.gate().url()) + "credential-provider = \"cargo:token\"\n")
        .env("CARGO_REGISTRIES_LAZARET_TOKEN", token);
  }

  private static String readToken(GateScene scene) {
    HttpProbeClient.Answer made =
        scene.http().order("/tokens", "{\"name\":\"ci\",\"scopes\":[\"read\"]}");
    Matcher secret = SECRET.matcher(made.text());
    assertThat(secret.find()).as(made.text()).isTrue();
    return secret.group(1);
  }

  @Test
  void check6FirstQuestionIsAnsweredWithTheWayToAToken() {
    try (GateScene scene = closedGate()) {
      HttpProbeClient.Answer probe = scene.http().get("/index/config.json");

      assertThat(probe.status()).isEqualTo(401);
      assertThat(probe.header("www-authenticate"))
          .startsWith("Cargo login_url=\"" + scene.gate().url());
    }
  }

  @Test
  void check6TokenGoesWithIndexDownloadsAndApi() {
    try (GateScene scene = closedGate()) {
      Cargo cargo = cargo(scene, readToken(scene));
      CargoProjectFolder project = CargoProjectFolder.with("beta = \"1\"");

      cargo.run(project.folder(), "build").ok();
      cargo.run(project.folder(), "search", "alpha", "--registry", "lazaret").ok();

      assertThat(scene.http().index("alpha").status()).isEqualTo(401);
      assertThat(scene.http().get("/api/v1/crates?q=alpha").status()).isEqualTo(401);
      assertThat(scene.http().get("/dl/alpha/1.2.0/" + "0".repeat(64)).status()).isEqualTo(401);
    }
  }

  @Test
  void check6NoTokenLeadsToLogin() {
    try (GateScene scene = closedGate()) {
      Cargo cargo =
          Cargo.fresh(Cargo.config(scene.gate().url()) + "credential-provider = \"cargo:token\"\n");
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");

      ProgramResult fetch = cargo.run(project.folder(), "fetch").exits(101);
      ProgramResult login = cargo.run(project.folder(), "login", "--registry", "lazaret");

      assertThat(fetch.err())
          .contains("no token found for `lazaret`, please run `cargo login --registry lazaret`");
      assertThat(login.out() + login.err())
          .contains("please paste the token found on " + scene.gate().url());
    }
  }

  @Test
  void check6ForeignTokenIsRejected() {
    try (GateScene scene = closedGate()) {
      ProgramResult fetch =
          cargo(scene, "lzt_not-one-of-ours")
              .run(CargoProjectFolder.with("alpha = \"1\"").folder(), "fetch")
              .exits(101);

      assertThat(fetch.err()).contains("token rejected for `lazaret`").contains("got 401");
    }
  }

  @Test
  void check6NoTokenOfAClientReachesUpstream() {
    try (GateScene scene = closedGate()) {
      cargo(scene, readToken(scene))
          .run(CargoProjectFolder.with("alpha = \"1\"").folder(), "fetch")
          .ok();

      assertThat(scene.upstream().requests())
          .isNotEmpty()
          .allMatch(request -> request.header("authorization").isEmpty());
    }
  }
}
