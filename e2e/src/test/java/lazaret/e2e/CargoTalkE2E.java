package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.RequestNumber;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The messages for users, and the behavior of cargo when it must wait: checks 4, 5, 9, 10 and 11
/// of docs/registry-protocol.md.
@Tag("store")
class CargoTalkE2E {

  @Test
  void check4LongReasonWithControlCharactersIsShortAndClean() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
      String reason = "Schädlich \\u001b[31m rot \\u0007 ".repeat(20);
      assertThat(scene.http().decide("deny", reason, "alpha@1.2.0").status()).isEqualTo(200);

      ProgramResult fetch =
          Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").exits(101);

      String body = fetch.err().substring(fetch.err().indexOf("body:"));
      assertThat(body).contains("BLOCKED alpha 1.2.0").contains("Schädlich");
      assertThat(body.codePointCount(0, body.length())).isLessThanOrEqualTo(511);
      assertThat(body.codePoints())
          .allMatch(c -> c == '\n' || !Character.isISOControl(c), "no control characters");
    }
  }

  @Tag("ci")
  @Test
  void check5CargoWaitsForRetryAfterAndContinues() {
    try (GateScene scene =
        GateScene.of(Crates.alphaAndBeta(), s -> s.set("gate.retry-pause", "6s"))) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      // The gate makes four attempts before it gives up on one request.
      scene.upstream().script("/crates/*", RequestNumber.first(8), Fault.status(503));
      long begin = System.nanoTime();

      ProgramResult fetch = Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();

      assertThat(fetch.err().split("warning: spurious network error", -1)).hasSize(3);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofSeconds(12));
      assertThat(scene.asked(0).stream().filter(r -> r.contains("/dl/")))
          .map(r -> r.substring(r.length() - 3))
          .containsExactly("503", "503", "200");
    }
  }

  @Test
  void check9UpstreamDownHeldIsServedAndUnknownIsNotDenied() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta(), s -> s.impatient())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo.fresh(scene.gate()).run(project.folder(), "fetch").ok();
      String tag = scene.http().index("alpha").header("etag");
      scene.upstream().switchOff();

      Cargo.fresh(scene.gate()).run(project.folder(), "fetch", "--locked").ok();
      HttpProbeClient.Answer held = scene.http().get("/index/al/ph/alpha", "If-None-Match", tag);
      HttpProbeClient.Answer unknown = scene.http().index("gamma");

      assertThat(held.status()).isEqualTo(304);
      assertThat(unknown.status()).isEqualTo(503);
      assertThat(unknown.header("retry-after")).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void check10WideTreeIsFetchedInOneBurst(boolean multiplexing) {
    int width = 150;
    FixtureRegistry registry = new FixtureRegistry();
    IntStream.range(0, width)
        .forEach(i -> Crates.addAged(registry, CrateBuilder.crate("wide" + i, "1.0.0")));
    try (GateScene scene = GateScene.of(registry)) {
      CargoProjectFolder project =
          CargoProjectFolder.with(
              IntStream.range(0, width)
                  .mapToObj(i -> "wide" + i + " = \"1\"")
                  .toArray(String[]::new));
      Cargo cargo =
          Cargo.fresh(scene.gate()).env("CARGO_HTTP_MULTIPLEXING", Boolean.toString(multiplexing));

      ProgramResult fetch = cargo.run(project.folder(), "fetch").ok();

      assertThat(fetch.err()).doesNotContain("warning");
      assertThat(scene.asked(0)).hasSize(2 * width + 1).allMatch(r -> r.endsWith(" 200"));
    }
  }

  @Test
  void check11SearchAndInfoAnswerFromTheVettedView() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with("alpha = \"1\"");
      Cargo cargo = Cargo.fresh(scene.gate());
      cargo.run(project.folder(), "fetch").ok();
      scene.http().decide("deny", "broken", "alpha@1.2.0");

      ProgramResult search =
          cargo.run(project.folder(), "search", "alph", "--registry", "lazaret").ok();
      ProgramResult info =
          cargo.run(project.folder(), "info", "alpha@1.1.0", "--registry", "lazaret").ok();

      assertThat(search.out()).contains("alpha = \"1.1.0\"").doesNotContain("1.2.0");
      assertThat(info.out()).contains("alpha").contains("version: 1.1.0");
    }
  }

  @Test
  void check11PublishYankAndOwnerAreRefusedWithAReason() {
    try (GateScene scene = GateScene.of(Crates.alphaAndBeta())) {
      CargoProjectFolder project = CargoProjectFolder.with();
      Cargo cargo =
          Cargo.fresh(scene.gate())
              .env("CARGO_REGISTRIES_LAZARET_TOKEN", "anything")
              .env("CARGO_REGISTRIES_LAZARET_CREDENTIAL_PROVIDER", "cargo:token");
      String[] registry = {"--registry", "lazaret"};

      ProgramResult publish =
          cargo
              .run(
                  project.folder(),
                  "publish",
                  "--allow-dirty",
                  "--no-verify",
                  "--registry",
                  "lazaret")
              .exits(101);
      ProgramResult yank =
          cargo.run(project.folder(), "yank", "alpha@1.2.0", registry[0], registry[1]).exits(101);
      ProgramResult owner =
          cargo
              .run(project.folder(), "owner", "--add", "eve", "alpha", registry[0], registry[1])
              .exits(101);

      for (ProgramResult refused : new ProgramResult[] {publish, yank, owner}) {
        assertThat(refused.err())
            .contains("the remote server responded with an error (status 403 Forbidden):")
            .doesNotContain("{\"errors\"");
      }
    }
  }
}
