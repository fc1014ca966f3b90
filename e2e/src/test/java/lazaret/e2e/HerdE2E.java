package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.HttpProbeClient;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Forty simultaneous clients with cold caches cause one request to upstream and no error.
@Tag("ci")
@Tag("store")
class HerdE2E {
  private static final int CLIENTS = 40;
  private static final CrateBuilder ALPHA = CrateBuilder.crate("alpha", "1.0.0");

  /// A delay that is long enough for all clients to arrive while the one request is under way.
  private static final Fault SLOW = new Fault.Delay(java.time.Duration.ofMillis(500));

  private static GateScene scene() {
    GateScene scene = GateScene.of(Crates.aged(ALPHA));
    scene.upstream().script("*", SLOW);
    return scene;
  }

  @Test
  void fortyClientsForAnIndexFileAreOneRequest() {
    try (GateScene scene = scene()) {
      HttpProbeClient http = scene.http();

      List<HttpProbeClient.Answer> answers =
          HttpProbeClient.herd(CLIENTS, () -> http.index("alpha"));

      assertThat(answers).allMatch(a -> a.status() == 200);
      assertThat(answers)
          .extracting(HttpProbeClient.Answer::text)
          .containsOnly(answers.getFirst().text());
      assertThat(scene.upstream().count("/index/al/ph/alpha")).isEqualTo(1);
    }
  }

  @Test
  void fortyClientsForAnArtifactAreOneRequest() {
    try (GateScene scene = scene()) {
      HttpProbeClient http = scene.http();

      List<HttpProbeClient.Answer> answers =
          HttpProbeClient.herd(CLIENTS, () -> http.artifact(ALPHA.id()));

      assertThat(answers).allMatch(a -> a.status() == 200 && a.body().equals(ALPHA.build()));
      assertThat(scene.upstream().count("/crates/*")).isEqualTo(1);
      assertThat(scene.upstream().count("/index/al/ph/alpha")).isEqualTo(1);
    }
  }

  @Test
  void fortyClientsForANameThatDoesNotExistAreOneRequest() {
    try (GateScene scene = scene()) {
      HttpProbeClient http = scene.http();

      List<HttpProbeClient.Answer> answers =
          HttpProbeClient.herd(CLIENTS, () -> http.index("nowhere"));

      assertThat(answers).allMatch(a -> a.status() == 404);
      assertThat(scene.upstream().count("/index/no/wh/nowhere")).isEqualTo(1);
    }
  }
}
