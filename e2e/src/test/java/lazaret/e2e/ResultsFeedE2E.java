package lazaret.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.e2e.harness.CliProcess;
import lazaret.e2e.harness.Crates;
import lazaret.e2e.harness.GateScene;
import lazaret.e2e.harness.GateSettings;
import lazaret.e2e.harness.WorkFolder;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.FixtureRegistry;
import lazaret.testkit.JsonObject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two gates: the second uses the signed inspection results of the first.
@Tag("ci")
class ResultsFeedE2E {
  private static final String SECRET = "correct horse battery staple";
  private static final List<String> VERSIONS = List.of("alpha@1.0.0", "beta@1.0.0");

  private final Path keys = WorkFolder.folder("keys");
  private final Path trusted = WorkFolder.folder("trusted");

  private static FixtureRegistry registry() {
    return Crates.aged(
        CrateBuilder.crate("alpha", "1.0.0"),
        CrateBuilder.crate("beta", "1.0.0").dependency("alpha", "^1"));
  }

  /// Makes the key of the first gate by a ceremony, as an operator has it.
  private void makeKeys() throws IOException {
    CliProcess.alone()
        .env("LAZARET_PASSPHRASE", SECRET)
        .run(
            "keys",
            "ceremony",
            "--operator",
            "me",
            "--stream",
            "prod",
            "--out",
            keys.resolve("office").toString())
        .ok();
    Files.copy(
        keys.resolve("office").resolve("decisions.pub.json"), trusted.resolve("outer.pub.json"));
    Files.writeString(keys.resolve("passphrase"), SECRET + "\n");
  }

  private GateSettings signing(GateSettings settings) {
    return settings
        .set("results.sign-key", keys.resolve("office").resolve("decisions.key.json").toString())
        .set("results.passphrase-file", keys.resolve("passphrase").toString());
  }

  private GateSettings following(GateSettings settings, GateScene outer) {
    return settings
        .set("results.sources", "outer=" + outer.gate().url() + "/site/results")
        .set("results.keys", trusted.toString())
        .set("results.verify-percent", "0")
        .set("results.refresh", "1s")
        .set("fetch.private-hosts", "127.0.0.1");
  }

  private static JsonObject results(GateScene scene) {
    return JsonObject.parse(
        CliProcess.beside(scene.gate()).run("results", "status", "--json").ok().out());
  }

  @Test
  void secondGateInspectsNothingAndFollowsARevocation() {
    try {
      makeKeys();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (GateScene outer = GateScene.of(registry(), this::signing)) {
      VERSIONS.forEach(each -> CliProcess.beside(outer.gate()).run("prefetch", each).ok());
      GateScene.await("results are published", () -> results(outer).number("published") > 0);
      try (GateScene inner = GateScene.of(registry(), s -> following(s, outer))) {
        GateScene.await("results arrive", () -> results(inner).number("waiting") == 2);

        VERSIONS.forEach(each -> CliProcess.beside(inner.gate()).run("prefetch", each).ok());

        assertThat(results(inner).number("used")).isEqualTo(2);
        assertThat(results(inner).number("waiting")).isZero();
        String key = results(inner).objects("keys").getFirst().words("id");
        CliProcess.beside(inner.gate())
            .run("results", "revoke", "--key", key, "--reason", "the key was stolen")
            .ok();
        GateScene.await(
            "the archives are inspected again", () -> results(inner).number("used") == 0);
        assertThat(CliProcess.beside(inner.gate()).run("log").ok().out())
            .contains("result-refused");
      }
    }
  }
}
