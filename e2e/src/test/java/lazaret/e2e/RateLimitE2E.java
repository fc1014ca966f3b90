package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import lazaret.e2e.harness.Cargo;
import lazaret.e2e.harness.CargoProjectFolder;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.ProgramResult;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import org.junit.jupiter.api.Test;

/// A client over its rate limit, with real cargo.
class RateLimitE2E {
  private static final int CRATES = 12;

  private static FixtureRegistry registry() {
    return Crates.aged(
        IntStream.range(0, CRATES)
            .mapToObj(i -> CrateBuilder.crate("part-" + i, "1.0.0"))
            .toArray(CrateBuilder[]::new));
  }

  private static CargoProjectFolder project() {
    return CargoProjectFolder.with(
        IntStream.range(0, CRATES).mapToObj("part-%d = \"1\""::formatted).toArray(String[]::new));
  }

  /// One request for upstream takes 10 units, so that the address has two of them, and one more
  /// after 10 s.
  @Test
  void cargoPrintsTheReasonOfARefusal() {
    try (GateScene scene =
        GateScene.of(
            registry(), s -> s.set("limits.address-rate", "1").set("limits.address-burst", "20"))) {
      ProgramResult fetch =
          Cargo.fresh(scene.gate())
              .env("CARGO_NET_RETRY", "0")
              .run(project().folder(), "fetch")
              .exits(101);

      assertThat(fetch.err())
          .contains("got 429")
          .containsPattern(
              "cannot ask upstream for /index/pa/rt/part-\\d+: expected at most 1 units a second of"
                  + " the address 127\\.0\\.0\\.1, found more; try again in \\d+ s");
      assertThat(scene.upstream().requests("/index/pa/rt/*")).hasSizeLessThan(CRATES);
    }
  }
}
